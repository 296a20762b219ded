
import io, os
from datetime import timedelta
import pytest
from django.core.management import call_command
from django.utils import timezone
from django.urls import reverse
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from communities.models import *
from communities.actions import *
from citymgmt.people.models import User
from tests.fixtures import *

def test_real(db):
    out = io.StringIO()
    for _ in range(2):
        call_command("import_communities", "/work/shared/data/tianhe_communities.csv", stdout=out)
    print(out.getvalue(), Community.objects.count(), list(SubDistrict.objects.values_list("code","name_zh")), Community.objects.order_by("code").last().code)

def test_shots(transactional_db, live_server, browser):
    from tests import office
    from cases.actions.standards import load_standards
    from citymgmt.worktime.actions import load_calendar
    load_standards(); load_calendar()
    d = office.district(); s = d.street; now = timezone.now(); today = timezone.localdate(now); one = timedelta(days=1)
    User.objects.filter(pk=s.officer.pk).update(office_phone="020-85280001", display_name="陈志强"); User.objects.filter(pk=s.officer2.pk).update(display_name="李晓梅", office_phone="020-85280002")
    c = s.communities[0]
    for n in range(3): KeyPlace.objects.create(community=c, kind="street", name_zh=f"主街{n}", address="五山路1号")
    DutyGrid.objects.create(community=c, code="W-01", name_zh="东网格")
    from cases.actions import Matter, log_case
    from cases.models import CaseStandard
    for n in range(4):
        st = CaseStandard.objects.get(line=20)
        log_case(subdistrict=s.subdistrict, matter=Matter(category=st.category, description="x", source="call", community=c), standard=st, by=s.clerk, at=now)
    Community.objects.create(code="440106001003", name_zh="空缺社区", subdistrict=s.subdistrict)
    s.officer.refresh_from_db(); s.officer2.refresh_from_db()
    assign_officer(community=c, user=s.officer2, part="deputy", from_on=today, by=None, at=now)
    grant_leave(user=s.officer, from_on=today, until_on=today+3*one, reason="年休假", by=None, at=now)
    third = office.user("officerc1", "officer", subdistrict=s.subdistrict)
    sheet = hand_over(community=c, to_user=third, on=today, note="街坊承诺：周五前清理\n钥匙两把", by=s.leader, at=now)
    end_assignment(assignment=OfficerAssignment.objects.get(community=c, user=third), last_on=today-one, by=None, at=now)
    assign_officer(community=c, user=s.officer, part="officer", from_on=today, by=None, at=now)
    for lang in ("zh-hans", "en"):
        User.objects.filter(pk=s.admin.pk).update(language=lang)
        client = Client(); client.force_login(s.admin, backend="django.contrib.auth.backends.ModelBackend")
        for w in (1280, 390):
            ctx = browser.new_context(viewport={"width": w, "height": 900})
            ctx.add_cookies([{"name":"sessionid","value":client.cookies["sessionid"].value,"url":live_server.url}])
            p = ctx.new_page()
            for name, url in {"list": reverse("communities:list"), "detail": reverse("communities:detail", args=[c.code])+f"?on={today}", "hand": reverse("communities:hand_over", args=[c.code]), "assign": reverse("communities:assign", args=[c.code]), "sheet": reverse("communities:handover", args=[sheet.pk]), "import": reverse("communities:import")}.items():
                p.goto(live_server.url+url); p.wait_for_load_state()
                p.screenshot(path=f"/tmp/shots_comm/{name}_{lang[:2]}_{w}.png", full_page=True)
                over = p.evaluate("document.documentElement.scrollWidth-innerWidth")
                if over>0: print("OVERFLOW", name, lang, w, over)
            if w==1280 and lang[:2]=="zh":
                p.goto(live_server.url+reverse("communities:handover", args=[sheet.pk])); p.emulate_media(media="print"); p.screenshot(path="/tmp/shots_comm/print.png", full_page=True)
