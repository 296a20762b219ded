"""Throwaway: screenshots, run by pytest with live_server."""
import os, pathlib
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="true"
import pytest
from django.test import Client
from tests.office import *
from citymgmt.worktime import sweep
from citymgmt.people.models import User
from cases.actions import *
from cases.models import *
from datetime import timedelta
OUT=pathlib.Path("/tmp/shots_casepage"); OUT.mkdir(exist_ok=True)
def test_shots(committed, live_server, browser, monkeypatch):
    from django.utils import timezone
    now = timezone.now()
    d, s = committed, committed.street
    names={"clerk1":"李文静","officer1":"王建国","leader1":"陈主任","liaison":"区城管局 刘科","member1":"赵队员","teamleader1":"周队长"}
    for u,n in names.items(): User.objects.filter(username=u).update(display_name=n)
    Organisation.objects.filter(pk=d.cgj.pk).update(name_zh="区城市管理和综合执法局", name_en="District Urban Management Bureau")
    from communities.models import KeyPlace
    kp=KeyPlace.objects.create(community=s.communities[0],kind="market",name_zh="石牌肉菜市场")
    def logc(at, **m):
        st=standard(20)
        e=log_case(subdistrict=s.subdistrict, matter=Matter(category=st.category, description="市场门口人行道上有三个流动水果摊,占了大半条路,行人只能走机动车道。", source="call", community=s.communities[0], key_place=kp, address="天河直街 12 号门前", reporter_name="张三丰", reporter_phone="13800001234", **m), standard=st, by=s.clerk, at=at)
        return Case.objects.get(pk=e.case_id)
    early=now-timedelta(days=20)
    old=logc(early)
    perform("urge", number=old.number, by=s.clerk, at=early+timedelta(minutes=20), note="请尽快到场")
    sweep.run(now); old.refresh_from_db()
    perform("measure", number=old.number, by=s.officer, at=now, note="先劝离两个摊点,留一人守点至收市。")
    fresh=logc(now-timedelta(minutes=40))
    perform("dispatch", number=fresh.number, by=s.clerk, at=now-timedelta(minutes=35), team=s.team)
    perform("receive", number=fresh.number, by=s.officer, at=now-timedelta(minutes=30))
    perform("request_extension", number=fresh.number, by=s.officer, at=now-timedelta(minutes=10), extra_value=1, note="摊主要求联系市场管理方,正在协调。")
    def shot(user, url, name, size, lang, steps=None):
        User.objects.filter(pk=user.pk).update(language=lang)
        c=Client(); c.force_login(user)
        ctx=browser.new_context(viewport={"width":size,"height":900}, device_scale_factor=1)
        ctx.add_cookies([{"name":"sessionid","value":c.cookies["sessionid"].value,"url":live_server.url}])
        p=ctx.new_page(); errs=[]
        p.on("console", lambda m: errs.append(m.text) if m.type=="error" else None); p.on("pageerror", lambda e: errs.append(str(e)))
        p.goto(live_server.url+url)
        if steps: steps(p)
        p.wait_for_timeout(300)
        p.screenshot(path=str(OUT/f"{name}-{size}-{lang}.png"), full_page=True if not steps else False)
        print(name,size,lang,"overflow", p.evaluate("document.documentElement.scrollWidth>innerWidth"), errs)
        ctx.close()
    f,o=f"/cases/{fresh.number}/",f"/cases/{old.number}/"
    shot(s.clerk,o,"clerk-old",1280,"zh-hans"); shot(s.clerk,o,"clerk-old",390,"zh-hans")
    shot(s.officer,f,"officer-fresh",390,"en"); shot(s.clerk,f,"clerk-fresh",1280,"en")
    shot(s.leader,o,"leader-old",1280,"en"); shot(d.liaison,o,"liaison-old",1280,"zh-hans"); shot(d.liaison,o,"liaison-old",390,"en")
    shot(s.officer,f+"do/report_back/","act",390,"zh-hans"); shot(s.clerk,f+"do/dispatch/","act-dispatch",1280,"en")
    def openform(p): p.locator(".case-actions a.btn").first.click(); p.wait_for_selector("#act form")
    shot(s.officer,f,"htmx-form",1280,"zh-hans",openform); shot(s.officer,f,"htmx-form",390,"zh-hans",openform)
    def more(p): p.click(".case-more summary")
    shot(s.clerk,f,"more",390,"zh-hans",more); shot(s.leader,f,"more",1280,"en",more)
    shot(s.clerk,"/cases/new/","new",1280,"zh-hans"); shot(s.officer,"/cases/new/","new",390,"en")
    def typing(p): p.fill("#log-find","zdjy"); p.wait_for_timeout(200)
    shot(s.clerk,"/cases/new/","new-typing",1280,"zh-hans",typing)
    def choosing(p): p.fill("#log-find","占道"); p.keyboard.press("ArrowDown"); p.keyboard.press("Enter"); p.click("button[type=submit].btn-primary"); p.wait_for_timeout(800)
    shot(s.clerk,"/cases/new/","new-chosen",390,"zh-hans",choosing)
    def stale(p):
        openform(p); p.fill("#act textarea","我打了很长的一段说明"); perform("note", number=fresh.number, by=s.clerk, at=timezone.now(), note="改派")
        p.click("#act button[type=submit]"); p.wait_for_timeout(800)
    shot(s.officer,f,"stale",1280,"zh-hans",stale)
