"""Things behind every address, and who may open which page: a new address fails `test_addresses` until it is here."""

import os
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone

from cases.actions import perform, process_photos, upload_photo
from cases.actions.exports import ask_export
from cases.actions.keeping import save_view
from cases.export_work import write_exports
from cases.intake.actions.following import judge_closing
from cases.intake.actions.reporting import Told, report_matter
from cases.intake.hotline import actions as of_hotline
from cases.intake.models import HotlineOrder, Judgement, Topic
from cases.meetings.actions import (
    MeetingPlan,
    Wording,
    act_on_resolution,
    add_proposals,
    hold_meeting,
    invite_units,
    make_resolution,
    plan_meeting,
    save_rule,
)
from cases.meetings.circulars import actions as of_circulars
from cases.meetings.minutes import actions as of_minutes
from cases.meetings.models import Meeting, MeetingRule
from cases.models import Case, Category, ExportJob, Photo, Reporter
from cases.publicity import actions as of_publicity
from cases.publicity.models import PublicityPhoto
from cases.statistics.actions import catch_up, freeze_evaluation
from cases.statistics.bulletins.actions import ask_files, draft_bulletin
from cases.statistics.chain.actions import appoint_answerable
from cases.statistics.models import Answerable, Bulletin, Evaluation
from cases.statistics.periods import Period, last_month
from citymgmt.jobs import finish
from citymgmt.outbox.models import Message
from citymgmt.paperwork.actions import keep_file
from citymgmt.paperwork.models import PaperJob
from citymgmt.people.actions.tokens import create_token
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE
from communities.actions import grant_leave, hand_over
from communities.areas import actions as of_areas
from communities.areas.seeded import SEEDED
from communities.boards import actions as of_boards
from communities.boards.querysets import contents_on
from communities.committees import actions as of_committees
from communities.four_duties import actions as of_duties
from communities.institutions import actions as of_institutions
from communities.models import (
    AreaPhoto,
    BoardPhoto,
    DutyPhoto,
    DutySheet,
    InstitutionPhoto,
    OwnersCommittee,
    ProjectPhoto,
)
from communities.placed import PlaceTold
from communities.projects import actions as of_projects
from communities.regulations import actions as of_regulations
from patrols.cleanliness import actions as of_cleanliness
from patrols.findings.actions import FindingTold, note_finding
from patrols.guards import actions as of_guards
from patrols.guards.models import GuardWatch, WatchPhoto
from patrols.illegal_buildings import actions as of_buildings
from patrols.illegal_buildings.models import BuildingPaper, BuildingPhoto
from patrols.pests import actions as of_pests
from patrols.rounds.actions import put_in_force
from patrols.rounds.actions.walking import CheckIn, see_point, start_round
from patrols.rounds.drafting import PlanTold
from patrols.rounds.models import Route, VisitPhoto
from patrols.stations import actions as of_stations
from patrols.stations.models import CheckPhoto, DailyCheck
from patrols.teams import actions as of_teams
from patrols.teams.models import Shift
from tests.cases.stories import case_in
from tests.communities.areas.areas import told_of as area_told
from tests.communities.projects.works import work_of
from tests.intake.reported import client_of, resident_case
from tests.meetings.gatherings import units_of_every_kind
from tests.office import District, user
from tests.patrols.buildings import PDF, building_in
from tests.patrols.cleanliness import sample_of, spot_in, street_in
from tests.patrols.guards import market_in
from tests.patrols.pests import squad_of
from tests.patrols.rounds.walks import appointed, route_of
from tests.patrols.sites import fault_of, permit_of, site_in
from tests.patrols.stations import yard_of
from tests.photos.pictures import photo

T = TypeVar("T")
STREET = ("clerk", "officer", "teamleader", "member", "leader", "admin", "secadmin", "auditor")
OTHERS = ("clerk", "officer", "leader", "admin")
SEE_CASE = frozenset({"clerk", "officer", "teamleader", "member", "leader", "auditor", "liaison"})
SEE_REPORTED = SEE_CASE - {"teamleader", "member", "liaison"}
SEE_JUDGED = frozenset({"clerk", "leader", "auditor"})
SEE_PLACE = frozenset(STREET)
SEE_USER = frozenset({"admin", "secadmin", "auditor"})
SEE_EVALUATION = frozenset({"clerk", "leader", "auditor"})
SEE_CHAIN = frozenset({"clerk", "leader", "admin", "auditor"})
SEE_MAIL = frozenset({"admin", "auditor"})
SEE_MEETING = frozenset({"clerk", "leader", "auditor", "officer", "teamleader", "liaison"})  # its units are invited
SEE_SEAT = frozenset({"clerk", "leader", "auditor", "liaison"})
SEE_DRAFT = frozenset({"clerk", "leader", "auditor"})  # a resolution that is not in force yet
SEE_TEAM = frozenset({"clerk", "leader", "teamleader", "member"})
SEE_DUTIES = frozenset({"clerk", "leader", "officer"})
KEEP_DUTIES = frozenset({"clerk", "leader"})
SEE_BOARD = frozenset({"clerk", "leader", "admin", "officer"})
SEE_STATION = frozenset({"clerk", "leader", "teamleader", "member", "officer"})
SEE_POST = frozenset({"clerk", "leader", "teamleader", "member", "officer"})
SEE_PROJECT = frozenset({"clerk", "officer", "leader", "teamleader", "member", "auditor"})
SEE_ACCEPTED = frozenset({"clerk", "officer", "leader", "auditor"})
SEE_SITE = frozenset({"clerk", "officer", "leader", "teamleader", "member"})
SEE_AREA = frozenset({"clerk", "officer", "leader"})
SEE_PESTS = frozenset({"clerk", "leader", "officer"})  # the team of the world's team leader is another
KEEP_UNITS = frozenset({"clerk", "leader", "admin"})


@dataclass(frozen=True)
class Page:
    """A page: a row of the permission table that opens it ("": one's own, for whoever is logged in), the things in its
    address, who sees them (None: nothing to see), and a second row that opens it as well.
    """

    row: str
    things: Mapping[str, str] | None = None
    sees: frozenset[str] | None = None
    also: str = ""


CASE = {"number": "case"}
REPORTED = {"number": "reported"}
PLACE = {"code": "place"}
PERSON = {"username": "person"}
EVALUATION = {"pk": "evaluation"}
BULLETIN = {"pk": "bulletin"}
MEETING = {"pk": "meeting"}
ITEM = {**MEETING, "item": "item"}
RESOLUTION = {"number": "resolution"}
MINUTES = {"pk": "minutes"}
CIRCULAR = {"pk": "circular"}
TEAM = {"pk": "team"}
SITE = {"pk": "site"}
ROUND = {"pk": "round"}
ROUTE = {"pk": "route"}
BOARD = {"pk": "board"}
DUTIES = {"pk": "duty_sheet"}
HANDED = {"pk": "duty_handed"}
INSTITUTION = {"pk": "institution"}
PLEDGE = {"pk": "pledge"}
PROJECT = {"pk": "project"}
FORUM, SUGGESTION = {"pk": "forum"}, {"pk": "suggestion"}
REGULATION = {"pk": "regulation"}
POINT = {**ROUTE, "point": "route_point"}
PAGES: Mapping[str, Page] = {
    "people:setup": Page("organisation.edit"),
    "people:account": Page(""),
    "people:password": Page(""),
    "people:mail_preview": Page(""),
    "people:language": Page(""),
    "people:tokens": Page(""),
    "people:revoke_token": Page("", {"token": "token"}, frozenset({"clerk"})),
    "people:revoke_tokens": Page("user.grant", PERSON, SEE_USER),
    "people:users": Page("user.view"),
    "people:create_user": Page("user.create"),
    "people:user": Page("user.view", PERSON, SEE_USER),
    "people:grant": Page("user.grant", PERSON, SEE_USER),
    "people:reset_password": Page("user.create", PERSON, SEE_USER),
    "people:set_active": Page("user.create", PERSON, SEE_USER),
    "people:audit": Page("audit.view"),
    "people:log_ins": Page("audit.view"),
    "outbox:inbox": Page("inbox.view"),
    "outbox:read_all": Page("inbox.view"),
    "outbox:unread": Page("inbox.view"),
    "outbox:open": Page("inbox.view", {"pk": "message"}, frozenset({"officer", "nobody"})),
    "outbox:ledger": Page("outbox.view"),
    "outbox:retry": Page("outbox.retry", {"pk": "mail"}, SEE_MAIL),
    "operations": Page("operations.view"),
    "operations-retry": Page("outbox.retry"),
    "worktime:calendar": Page("calendar.view"),
    "communities:list": Page("community.view"),
    "communities:import": Page("community.edit"),
    "communities:detail": Page("community.view", PLACE, SEE_PLACE),
    "communities:people": Page("community.view", PLACE, SEE_PLACE),
    "communities:handover": Page("community.view", {"pk": "sheet"}, SEE_PLACE),
    "communities:assign": Page("assignment.edit", PLACE, SEE_PLACE),
    "communities:hand_over": Page("assignment.edit", PLACE, SEE_PLACE),
    "communities:leave": Page("assignment.edit", PLACE, SEE_PLACE),
    "communities:end": Page("assignment.edit", {**PLACE, "pk": "assignment"}, SEE_PLACE),
    "communities:end_leave": Page("assignment.edit", {**PLACE, "pk": "leave"}, SEE_PLACE),
    "four_duties:list": Page("duties.view"),
    "four_duties:duties": Page("duties.keep"),
    "four_duties:usual": Page("duties.keep"),
    "four_duties:new": Page("duties.keep"),
    "four_duties:duty": Page("duties.keep", {"pk": "asked_duty"}, KEEP_DUTIES),
    "four_duties:photo": Page("duties.view", {"pk": "duty_photo", "size": "size"}, SEE_DUTIES),
    "four_duties:sheet": Page("duties.view", DUTIES, SEE_DUTIES),
    "four_duties:fill": Page("duties.fill", DUTIES, SEE_DUTIES),
    "four_duties:confirm": Page("duties.confirm", HANDED, KEEP_DUTIES),
    "four_duties:give-back": Page("duties.confirm", HANDED, KEEP_DUTIES),
    "areas:list": Page("area.view"),
    "areas:new": Page("area.keep"),
    "areas:ranking": Page("area.view"),
    "areas:coverage": Page("area.view"),
    "areas:import": Page("area.import"),
    "areas:template": Page("area.import"),
    "areas:rules": Page("area.view"),
    "areas:criteria": Page("area.rules"),
    "areas:rule": Page("area.rules", {"name": "local_rule"}, None),
    "areas:photo": Page("area.view", {"pk": "area_photo", "size": "size"}, SEE_AREA),
    "areas:export": Page("area.view", {"kind": "table_kind"}, None),
    "areas:area": Page("area.view", {"pk": "area"}, SEE_AREA),
    "areas:change": Page("area.keep", {"pk": "area"}, SEE_AREA),
    "areas:assess": Page("area.step", {"pk": "area"}, SEE_AREA),
    "areas:act": Page("area.decide", {"pk": "area", "action": "area_step"}, SEE_AREA),
    "committees:list": Page("committee.view"),
    "committees:new": Page("area.step", {"pk": "area"}, SEE_AREA),
    "committees:template": Page("committee.vote"),
    "committees:committee": Page("committee.view", {"pk": "committee"}, SEE_AREA),
    "committees:vote": Page("committee.vote", {"pk": "committee"}, SEE_AREA),
    "committees:act": Page("committee.step", {"pk": "committee", "action": "committee_step"}, SEE_AREA),
    "boards:list": Page("board.view"),
    "boards:office": Page("board.keep"),
    "boards:cards": Page("board.keep"),
    "boards:card": Page("board.keep", PERSON, SEE_PLACE),
    "boards:portrait": Page("board.keep", PERSON, SEE_PLACE),
    "boards:withdraw": Page("board.keep", PERSON, SEE_PLACE),
    "boards:sheets": Page("board.view", {"size": "sheet_size"}),
    "boards:sheet": Page("board.view", {"size": "sheet_size", **PLACE}, SEE_BOARD),
    "boards:new": Page("board.place", PLACE, SEE_PLACE),
    "boards:photo": Page("board.view", {"pk": "board_photo", "size": "size"}, SEE_BOARD),
    "boards:board": Page("board.view", BOARD, SEE_BOARD),
    "boards:change": Page("board.place", BOARD, SEE_BOARD),
    "boards:confirm": Page("board.confirm", BOARD, SEE_BOARD),
    "boards:take-down": Page("board.place", BOARD, SEE_BOARD),
    "regulations:list": Page("regulation.view"),
    "regulations:new": Page("regulation.keep"),
    "regulations:import": Page("regulation.keep"),
    "regulations:file": Page("regulation.view", {"pk": "regulation_file"}, SEE_PLACE),
    "regulations:regulation": Page("regulation.view", REGULATION, SEE_PLACE),
    "regulations:change": Page("regulation.keep", REGULATION, SEE_PLACE),
    "regulations:replace": Page("regulation.keep", REGULATION, SEE_PLACE),
    "regulations:abolish": Page("regulation.keep", REGULATION, SEE_PLACE),
    "publicity:items": Page("publicity.view"),
    "publicity:month": Page("publicity.view"),
    "publicity:figures": Page("publicity.view"),
    "publicity:new": Page("publicity.keep"),
    "publicity:import": Page("publicity.import"),
    "publicity:template": Page("publicity.import"),
    "publicity:export": Page("publicity.view", {"kind": "table_kind"}, None),
    "publicity:photo": Page("publicity.view", {"pk": "publicity_photo", "size": "size"}, SEE_AREA),
    "publicity:item": Page("publicity.view", {"pk": "publicity_item"}, SEE_AREA),
    "publicity:change": Page("publicity.keep", {"pk": "publicity_item"}, SEE_AREA),
    "publicity:act": Page("publicity.keep", {"pk": "publicity_item", "action": "publicity_step"}, SEE_AREA),
    "publicity:forums": Page("forum.view"),
    "publicity:new-forum": Page("forum.keep"),
    "publicity:forum": Page("forum.view", FORUM, SEE_AREA),
    "publicity:change-forum": Page("forum.keep", FORUM, SEE_AREA),
    "publicity:act-forum": Page("forum.keep", {**FORUM, "action": "publicity_step"}, SEE_AREA),
    "publicity:suggestions": Page("suggestion.view"),
    "publicity:new-suggestion": Page("suggestion.enter"),
    "publicity:adoption": Page("suggestion.view"),
    "publicity:looks": Page("reporter.looks"),
    "publicity:export-suggestions": Page("suggestion.view", {"kind": "table_kind"}, None),
    "publicity:suggestion": Page("suggestion.view", SUGGESTION, SEE_AREA),
    "publicity:who": Page("suggestion.reveal", SUGGESTION, SEE_AREA),
    "publicity:erase": Page("suggestion.erase", SUGGESTION, SEE_AREA),
    "publicity:act-suggestion": Page("suggestion.answer", {**SUGGESTION, "action": "suggestion_step"}, SEE_AREA),
    "institutions:list": Page("institution.view"),
    "institutions:import": Page("institution.import"),
    "institutions:coverage": Page("institution.view"),
    "institutions:visits": Page("institution.view"),
    "institutions:today": Page("institution.visit"),
    "institutions:plan": Page("institution.plan"),
    "institutions:rule": Page("institution.plan"),
    "institutions:visit": Page("institution.view", {"pk": "institution_visit"}, SEE_BOARD),
    "institutions:record": Page("institution.visit", {"pk": "institution_planned"}, SEE_BOARD),
    "institutions:drop": Page("institution.visit", {"pk": "institution_planned"}, SEE_BOARD),
    "institutions:promise": Page("institution.visit", {"pk": "institution_visit"}, SEE_BOARD),
    "institutions:pledges": Page("institution.view"),
    "institutions:pledge": Page("institution.view", PLEDGE, SEE_BOARD),
    "institutions:act": Page("institution.visit", {**PLEDGE, "action": "pledge_action"}, SEE_BOARD),
    "institutions:end-agreement": Page("institution.keep", {"pk": "agreement"}, SEE_BOARD),
    "institutions:paper": Page("institution.view", {"pk": "agreement"}, SEE_BOARD),
    "institutions:photo": Page("institution.view", {"pk": "institution_photo", "size": "size"}, SEE_BOARD),
    "institutions:new": Page("institution.keep", PLACE, SEE_PLACE),
    "institutions:institution": Page("institution.view", INSTITUTION, SEE_BOARD),
    "institutions:change": Page("institution.keep", INSTITUTION, SEE_BOARD),
    "institutions:sign": Page("institution.keep", INSTITUTION, SEE_BOARD),
    "institutions:new-visit": Page("institution.visit", INSTITUTION, SEE_BOARD),
    "institutions:plan-one": Page("institution.plan", INSTITUTION, SEE_BOARD),
    "projects:list": Page("project.view"),
    "projects:tasks": Page("project.do"),
    "projects:task": Page("project.view", {"pk": "project_task"}, SEE_PROJECT),
    "projects:tick": Page("project.do", {"pk": "project_task", "action": "task_step"}, SEE_PROJECT),
    "projects:act_task": Page("project.do", {"pk": "project_task", "action": "task_step"}, SEE_PROJECT),
    "projects:new": Page("project.keep", {"kind": "project_kind"}, None),
    "projects:export": Page("project.view", {"kind": "table_kind"}, None),
    "projects:photo": Page("project.view", {"pk": "project_photo", "size": "size"}, SEE_PROJECT),
    "projects:show_photo": Page("project.keep", {"pk": "project_photo", "is_public": "shown"}, SEE_PROJECT),
    "projects:erase": Page("project.accept", {"pk": "project_opinion"}, SEE_PROJECT),
    "projects:project": Page("project.view", PROJECT, SEE_PROJECT),
    "projects:change": Page("project.keep", PROJECT, SEE_PROJECT),
    "projects:report": Page("project.report", PROJECT, SEE_PROJECT),
    "projects:judge": Page("project.accept", {"pk": "project_asked"}, SEE_PROJECT),
    "projects:photos": Page("project.view", PROJECT, SEE_PROJECT),
    "projects:add_task": Page("project.keep", PROJECT, SEE_PROJECT),
    "projects:act": Page("project.decide", {**PROJECT, "action": "project_step"}, SEE_PROJECT),
    "cases:list": Page("case.view"),
    "cases:desk": Page("case.accept"),
    "cases:mine": Page("case.receive"),
    "cases:overdue": Page("case.urge"),
    "cases:approvals": Page("request.approve", also="request.review"),
    "cases:escalations": Page("escalation.view"),
    "cases:bulk": Page("case.dispatch"),
    "cases:views": Page("view.edit"),
    "cases:save-view": Page("view.edit"),
    "cases:choose-columns": Page("view.edit"),
    "cases:delete-view": Page("view.edit", {"pk": "view"}, frozenset({"clerk"})),
    "cases:export": Page("export.view"),
    "cases:export-jobs": Page("export.view"),
    "cases:start-export": Page("export.view"),
    "cases:download": Page("export.view", {"kind": "kind"}),
    "cases:export-file": Page("export.view", {"pk": "export"}, frozenset({"clerk"})),
    "cases:new": Page("case.log"),
    "cases:similar": Page("case.log"),
    "cases:where": Page("case.log"),
    "cases:detail": Page("case.view", CASE, SEE_CASE),
    "cases:act": Page("case.note", {**CASE, "action": "action"}, SEE_CASE),
    "cases:colleagues": Page("case.view", CASE, SEE_CASE),
    "cases:photo": Page("case.view", {"pk": "photo"}, SEE_CASE),
    "cases:photo_file": Page("case.view", {"pk": "photo", "size": "size"}, SEE_CASE),
    "teams:list": Page("team.view"),
    "teams:team": Page("team.view", TEAM, SEE_TEAM),
    "teams:calendar": Page("team.view", TEAM, SEE_TEAM),
    "teams:shifts": Page("team.view", TEAM, SEE_TEAM),
    "teams:certificates": Page("certificate.view", TEAM, SEE_TEAM),
    "teams:plan": Page("team.plan", TEAM, SEE_TEAM),
    "teams:usual-shifts": Page("team.plan", TEAM, SEE_TEAM),
    "teams:new-shift": Page("team.plan", TEAM, SEE_TEAM),
    "teams:shift": Page("team.plan", {**TEAM, "shift": "shift"}, SEE_TEAM),
    "teams:area": Page("team.plan", TEAM, SEE_TEAM),
    "teams:rotation": Page("team.plan", TEAM, SEE_TEAM),
    "teams:add-duty": Page("team.plan", TEAM, SEE_TEAM),
    "teams:duty": Page("team.plan", {**TEAM, "duty": "duty"}, SEE_TEAM),
    "teams:remove-duty": Page("team.plan", {**TEAM, "duty": "duty"}, SEE_TEAM),
    "teams:presence": Page("team.plan", {**TEAM, "duty": "running"}, SEE_TEAM),
    "teams:new-leave": Page("team.plan", TEAM, SEE_TEAM),
    "teams:end-leave": Page("team.plan", {**TEAM, "leave": "member_leave"}, SEE_TEAM),
    "teams:new-certificate": Page("certificate.keep", TEAM, SEE_TEAM),
    "teams:certificate": Page("certificate.keep", {**TEAM, "certificate": "certificate"}, SEE_TEAM),
    "teams:check-in": Page("team.check_in", {"duty": "running"}, frozenset({"member"})),
    "teams:check-out": Page("team.check_in", {"duty": "running"}, frozenset({"member"})),
    "stations:list": Page("station.view"),
    "stations:new": Page("station.keep"),
    "stations:checklists": Page("station.keep"),
    "stations:usual-items": Page("station.keep", {"kind": "station_kind"}, None),
    "stations:new-item": Page("station.keep", {"kind": "station_kind"}, None),
    "stations:item": Page("station.keep", {"pk": "item_looked_at"}, frozenset({"clerk"})),
    "stations:station": Page("station.view", {"pk": "station"}, SEE_STATION),
    "stations:change": Page("station.keep", {"pk": "station"}, SEE_STATION),
    "stations:check": Page("station.view", {"pk": "checked"}, SEE_STATION),
    "stations:make": Page("station.check", {"pk": "unchecked"}, SEE_STATION),
    "stations:excuse": Page("station.excuse", {"pk": "unchecked"}, SEE_STATION),
    "stations:log-case": Page("station.check", {"pk": "checked", "ordinal": "answered"}, SEE_STATION),
    "stations:photo": Page("station.view", {"pk": "check_photo", "size": "size"}, SEE_STATION),
    "sites:list": Page("site.view"),
    "sites:new": Page("site.keep"),
    "sites:site": Page("site.view", SITE, SEE_SITE),
    "sites:change": Page("site.keep", SITE, SEE_SITE),
    "sites:inspect": Page("site.inspect", SITE, SEE_SITE),
    "sites:new-permit": Page("site.keep", SITE, SEE_SITE),
    "sites:permit": Page("site.keep", {**SITE, "permit": "permit"}, SEE_SITE),
    "sites:fault-case": Page("site.inspect", {"pk": "fault"}, SEE_SITE),
    "buildings:list": Page("building.view"),
    "buildings:new": Page("building.record"),
    "buildings:figures": Page("building.view"),
    "buildings:account": Page("building.view"),
    "buildings:photo": Page("building.view", {"pk": "building_photo", "size": "size"}, SEE_SITE),
    "buildings:paper": Page("building.paper", {"pk": "building_paper"}, SEE_SITE),
    "buildings:export": Page("building.view", {"kind": "table_kind"}, None),
    "buildings:case": Page("building.record", {"pk": "building"}, SEE_SITE),
    "buildings:building": Page("building.view", {"pk": "building"}, SEE_SITE),
    "buildings:change": Page("building.step", {"pk": "building"}, SEE_SITE),
    "buildings:act": Page("building.step", {"pk": "building", "action": "building_step"}, SEE_SITE),
    "rounds:list": Page("round.view"),
    "rounds:round": Page("round.view", ROUND, SEE_TEAM),
    "rounds:start": Page("round.walk", {"pk": "round_ahead"}, SEE_TEAM),
    "rounds:see": Page("round.walk", {**ROUND, "ordinal": "ordinal"}, SEE_TEAM),
    "rounds:skip": Page("round.walk", {**ROUND, "ordinal": "ordinal"}, SEE_TEAM),
    "rounds:finish": Page("round.walk", ROUND, SEE_TEAM),
    "rounds:excuse": Page("round.excuse", ROUND, SEE_TEAM),
    "rounds:scan": Page("round.walk", {"code": "sign"}, SEE_TEAM),
    "rounds:photo": Page("round.view", {"pk": "visit_photo"}, SEE_TEAM),
    "rounds:photo-file": Page("round.view", {"pk": "visit_photo", "size": "size"}, SEE_TEAM),
    "findings:list": Page("finding.view"),
    "findings:new": Page("finding.note"),
    "findings:at-point": Page("finding.note", {"round": "round", "ordinal": "ordinal"}, SEE_TEAM),
    "findings:finding": Page("finding.view", {"pk": "finding"}, SEE_SITE),
    "findings:case": Page("finding.make_case", {"pk": "finding"}, SEE_SITE),
    "findings:photo-file": Page("finding.view", {"pk": "finding_photo", "size": "size"}, SEE_SITE),
    "rounds:figures": Page("round.view"),
    "rounds:routes": Page("round.view"),
    "rounds:new-route": Page("round.plan"),
    "rounds:route": Page("round.view", ROUTE, SEE_TEAM),
    "rounds:change-route": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:new-point": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:point": Page("round.plan", POINT, SEE_TEAM),
    "rounds:renew-code": Page("round.plan", POINT, SEE_TEAM),
    "rounds:add-key-places": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:add-sites": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:add-areas": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:hot-spots": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:add-hot-spot": Page("round.plan", {**ROUTE, "case": "hot_case"}, SEE_TEAM),
    "rounds:signs": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:draft": Page("round.plan", ROUTE, SEE_TEAM),
    "rounds:plan": Page("round.view", {"pk": "round_plan"}, SEE_TEAM),
    "rounds:withdraw-plan": Page("round.plan", {"pk": "round_plan"}, SEE_TEAM),
    "rounds:classes": Page("round.view"),
    "rounds:usual-classes": Page("round.classes"),
    "rounds:new-class": Page("round.classes"),
    "rounds:class": Page("round.classes", {"pk": "place_class"}, None),
    "guards:list": Page("guard.view"),
    "guards:new": Page("guard.plan"),
    "guards:mine": Page("guard.stand"),
    "guards:figures": Page("guard.view"),
    "guards:roster": Page("team.view", TEAM, SEE_TEAM),
    "guards:plan": Page("guard.plan", TEAM, SEE_TEAM),
    "guards:post": Page("guard.view", {"pk": "guard_post"}, SEE_POST),
    "guards:change": Page("guard.plan", {"pk": "guard_post"}, SEE_POST),
    "guards:new-hours": Page("guard.plan", {"pk": "guard_post"}, SEE_POST),
    "guards:change-hours": Page("guard.plan", {"pk": "guard_hours"}, SEE_POST),
    "guards:watch": Page("guard.view", {"pk": "guard_stood"}, SEE_POST),
    "guards:arrive": Page("guard.stand", {"pk": "guard_watch"}, SEE_POST),
    "guards:leave": Page("guard.stand", {"pk": "guard_stood"}, SEE_POST),
    "guards:absence": Page("guard.excuse", {"pk": "guard_watch"}, SEE_POST),
    "guards:assign": Page("guard.plan", {"pk": "guard_watch"}, SEE_POST),
    "guards:photo": Page("guard.view", {"pk": "watch_photo", "size": "size"}, SEE_POST),
    "guards:places": Page("place.view"),
    "guards:place": Page("place.view", {"pk": "guarded_place"}, SEE_POST),
    "guards:look": Page("place.look", {"pk": "guarded_place"}, SEE_POST),
    "guards:deductions": Page("place.deductions"),
    "cleanliness:list": Page("cleanliness.view"),
    "cleanliness:segments": Page("cleanliness.view"),
    "cleanliness:new-segment": Page("cleanliness.keep"),
    "cleanliness:segment": Page("cleanliness.keep", {"pk": "street_segment"}, SEE_SITE),
    "cleanliness:draws": Page("cleanliness.view"),
    "cleanliness:new-draw": Page("cleanliness.keep"),
    "cleanliness:draw": Page("cleanliness.view", {"pk": "sample_draw"}, SEE_SITE),
    "cleanliness:point": Page("cleanliness.look", {"pk": "sample_point"}, SEE_SITE),
    "cleanliness:spots": Page("cleanliness.view"),
    "cleanliness:new-spot": Page("cleanliness.look"),
    "cleanliness:spot": Page("cleanliness.view", {"pk": "blind_spot"}, SEE_SITE),
    "cleanliness:look-at-spot": Page("cleanliness.look", {"pk": "blind_spot"}, SEE_SITE),
    "pests:list": Page("pest.view"),
    "pests:index": Page("pest.view", {"code": "density_index"}),
    "pests:operations": Page("pest.view"),
    "pests:operation": Page("pest.view", {"pk": "pest_operation"}, SEE_PESTS),
    "pests:surveys": Page("pest.view"),
    "pests:sites": Page("pest.view"),
    "pests:site": Page("pest.view", {"pk": "breeding_site"}, SEE_PESTS),
    "pests:limits": Page("pest.view"),
    "pests:limit": Page("pest.limits", {"index": "density_index", "level": "density_level"}),
    "pests:new-operation": Page("pest.keep"),
    "pests:change-operation": Page("pest.keep", {"pk": "pest_operation"}, SEE_PESTS),
    "pests:check-operation": Page("pest.check", {"pk": "pest_operation"}, SEE_PESTS),
    "pests:new-survey": Page("pest.keep", {"method": "density_index"}),
    "pests:survey": Page("pest.keep", {"pk": "density_survey"}, SEE_PESTS),
    "pests:remove-survey": Page("pest.keep", {"pk": "density_survey"}, SEE_PESTS),
    "pests:new-site": Page("pest.keep"),
    "pests:close-site": Page("pest.keep", {"pk": "breeding_site"}, SEE_PESTS),
    "pests:find-again": Page("pest.keep", {"pk": "breeding_closed"}, SEE_PESTS),
    "statistics:frozen-list": Page("evaluation.view"),
    "statistics:freeze": Page("evaluation.freeze"),
    "statistics:frozen": Page("evaluation.view", EVALUATION, SEE_EVALUATION),
    "statistics:frozen-cases": Page("evaluation.view", EVALUATION, SEE_EVALUATION),
    "statistics:frozen-excel": Page("evaluation.view", EVALUATION, SEE_EVALUATION),
    "statistics:publish": Page("evaluation.publish", EVALUATION, SEE_EVALUATION),
    "statistics:discard": Page("evaluation.freeze", EVALUATION, SEE_EVALUATION),
    "statistics:bulletins": Page("bulletin.view"),
    "statistics:draft-bulletin": Page("bulletin.write"),
    "statistics:bulletin": Page("bulletin.view", BULLETIN, SEE_EVALUATION),
    "statistics:edit-bulletin": Page("bulletin.write", BULLETIN, SEE_EVALUATION),
    "statistics:anew-section": Page("bulletin.write", {**BULLETIN, "key": "section"}, SEE_EVALUATION),
    "statistics:issue-bulletin": Page("bulletin.issue", BULLETIN, SEE_EVALUATION),
    "statistics:discard-bulletin": Page("bulletin.write", BULLETIN, SEE_EVALUATION),
    "statistics:make-bulletin": Page("bulletin.write", BULLETIN, SEE_EVALUATION),
    "statistics:bulletin-files": Page("bulletin.view", BULLETIN, SEE_EVALUATION),
    "statistics:bulletin-file": Page("bulletin.view", {**BULLETIN, "kind": "paper"}, SEE_EVALUATION),
    "statistics:bulletin-chart": Page("bulletin.view", {**BULLETIN, "name": "chart"}, SEE_EVALUATION),
    "meetings:resolutions": Page("resolution.view"),
    "meetings:resolution": Page("resolution.view", RESOLUTION, SEE_MEETING),
    "meetings:evidence": Page("resolution.view", {"pk": "evidence"}, SEE_MEETING),
    "meetings:evidence-file": Page("resolution.view", {"pk": "evidence", "size": "size"}, SEE_MEETING),
    "meetings:act-resolution": Page("resolution.urge", {**RESOLUTION, "action": "urging"}, SEE_MEETING),
    "meetings:link-resolution": Page("resolution.write", RESOLUTION, SEE_MEETING),
    "meetings:revise-resolution": Page("resolution.write", {"number": "unresolved"}, SEE_DRAFT),
    "meetings:new-resolution": Page("resolution.write", MEETING, SEE_MEETING),
    "meetings:enact-resolutions": Page("resolution.enact", MEETING, SEE_MEETING),
    "cases:reporter": Page("reporter.reveal", CASE, SEE_CASE),
    "cases:erase-reporter": Page("reporter.erase", CASE, SEE_CASE),
    "cases:reporter-looks": Page("reporter.looks"),
    "intake:to-review": Page("judgement.view"),
    "intake:call-back": Page("judgement.record"),
    "intake:judged": Page("judgement.view"),
    "intake:review": Page("judgement.review", {"pk": "judgement"}, SEE_JUDGED),
    "intake:of-case": Page("case.view", REPORTED, SEE_REPORTED),
    "intake:answer": Page("resident.reply", REPORTED, SEE_REPORTED),
    "intake:let-follow": Page("resident.reply", REPORTED, SEE_REPORTED),
    "intake:call": Page("judgement.record", REPORTED, SEE_REPORTED),
    "intake:hotline": Page("hotline.view"),
    "intake:hotline-order": Page("hotline.view", {"pk": "hotline_order"}, SEE_JUDGED),
    "intake:hotline-reply": Page("hotline.reply", {"pk": "hotline_order"}, SEE_JUDGED),
    "intake:hotline-note": Page("hotline.import", CASE, SEE_CASE),
    "intake:hotline-import": Page("hotline.import"),
    "intake:hotline-sheet": Page("hotline.import", {"pk": "hotline_sheet"}, frozenset({"clerk"})),
    "intake:hotline-discard": Page("hotline.import", {"pk": "hotline_sheet"}, frozenset({"clerk"})),
    "intake:hotline-returns": Page("hotline.view"),
    "intake:hotline-file": Page("hotline.view", {"pk": "hotline_export"}, SEE_JUDGED),
    "statistics:map": Page("statistics.view"),
    "statistics:map-points": Page("statistics.view"),
    "statistics:map-cases": Page("statistics.view"),
    "cases:standards": Page("standard.view"),
    "cases:standard": Page("standard.view", {"line": "line"}, None),
    "cases:revise": Page("standard.edit", {"line": "line"}, None),
    "statistics:dashboard": Page("statistics.view"),
    "statistics:evaluation": Page("statistics.view"),
    "statistics:league": Page("statistics.view"),
    "statistics:dealt": Page("statistics.view"),
    "statistics:steadiness": Page("statistics.view"),
    "statistics:hot-spots": Page("statistics.view"),
    "statistics:spot": Page("statistics.view"),
    "statistics:counted": Page("statistics.view"),
    "statistics:chain": Page("chain.view"),
    "statistics:appoint": Page("chain.edit"),
    "statistics:end-answering": Page("chain.edit", {"pk": "answerable"}, SEE_CHAIN),
    "statistics:screen": Page("statistics.view"),
    "meetings:list": Page("meeting.view"),
    "meetings:plan": Page("meeting.plan"),
    "meetings:meeting": Page("meeting.view", MEETING, SEE_MEETING),
    "meetings:calendar": Page("meeting.view", MEETING, SEE_MEETING),
    "meetings:change": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:invite": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:call-off": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:hold": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:answer": Page("meeting.answer", {**MEETING, "seat": "seat"}, SEE_SEAT),
    "meetings:attendance": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:proposals": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:texts": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:new-item": Page("meeting.plan", MEETING, SEE_MEETING),
    "meetings:write": Page("meeting.plan", ITEM, SEE_MEETING),
    "meetings:move-item": Page("meeting.plan", ITEM, SEE_MEETING),
    "meetings:remove-item": Page("meeting.plan", ITEM, SEE_MEETING),
    "meetings:new-minutes": Page("minutes.write", {"pk": "held"}, SEE_MEETING),
    "meetings:draft-minutes": Page("minutes.write", {"pk": "held"}, SEE_MEETING),
    "meetings:minutes": Page("minutes.view", MINUTES, SEE_DRAFT),
    "meetings:edit-minutes": Page("minutes.write", MINUTES, SEE_DRAFT),
    "meetings:step-minutes": Page("minutes.write", {**MINUTES, "name": "step"}, SEE_DRAFT),
    "meetings:discard-minutes": Page("minutes.write", MINUTES, SEE_DRAFT),
    "meetings:make-minutes": Page("minutes.write", MINUTES, SEE_DRAFT),
    "meetings:minutes-files": Page("minutes.view", MINUTES, SEE_DRAFT),
    "meetings:minutes-file": Page("minutes.view", {**MINUTES, "kind": "word"}, SEE_DRAFT),
    "meetings:receive-minutes": Page("minutes.receive", {"pk": "receipt"}, SEE_SEAT),
    "meetings:circulars": Page("circular.view"),
    "meetings:new-circular": Page("circular.write"),
    "meetings:circular": Page("circular.view", CIRCULAR, SEE_DRAFT),
    "meetings:edit-circular": Page("circular.write", CIRCULAR, SEE_DRAFT),
    "meetings:step-circular": Page("circular.write", {**CIRCULAR, "name": "submitting"}, SEE_DRAFT),
    "meetings:discard-circular": Page("circular.write", CIRCULAR, SEE_DRAFT),
    "meetings:make-circular": Page("circular.write", CIRCULAR, SEE_DRAFT),
    "meetings:circular-files": Page("circular.view", CIRCULAR, SEE_DRAFT),
    "meetings:circular-file": Page("circular.view", {**CIRCULAR, "kind": "word"}, SEE_DRAFT),
    "meetings:remind-circular": Page("circular.write", {"pk": "circulated"}, SEE_MEETING),
    "meetings:receive-circular": Page("circular.receive", {"pk": "circular_receipt"}, SEE_SEAT),
    "meetings:unit-links": Page("unit.link", {"pk": "unit"}, KEEP_UNITS),
    "meetings:end-links": Page("unit.link", {"pk": "unit"}, KEEP_UNITS),
    "meetings:units": Page("meeting.register"),
    "meetings:new-unit": Page("meeting.register"),
    "meetings:unit": Page("meeting.register", {"pk": "unit"}, KEEP_UNITS),
    "meetings:unit-of": Page("meeting.register", INSTITUTION, SEE_BOARD),
    "meetings:rules": Page("meeting.register"),
    "meetings:new-rule": Page("meeting.register"),
    "meetings:rule": Page("meeting.register", {"pk": "rule"}, KEEP_UNITS),
    "office:publication": Page("publication.edit", {"number": "resident"}, SEE_ACCEPTED),
    "office:programs": Page("client.keep"),
    "office:end-program": Page("client.keep", {"pk": "program"}, frozenset({"admin"})),
}
GUESTS = frozenset(  # open to whoever opened a unit's link, or a report by its secret, to nobody else
    [*(
        f"meetings:{name}"
        for name in ("outside", "enter", "knock", "leave", "outside-answer", "outside-calendar", "outside-resolution",
                     "outside-report", "outside-paper", "outside-paper-file", "outside-evidence",
                     "outside-evidence-file")
    ), *(f"intake:{name}" for name in ("followed", "add", "judge", "erase", "kept", "leave"))]
)  # fmt: skip
PUBLIC: Mapping[str, Mapping[str, str]] = {  # open to everybody, with what stands in their addresses
    **{f"intake:{name}": {} for name in ("report", "similar", "where", "follow")},
    "public_boards:list": {},
    "public_boards:community": PLACE,
    "public_boards:portrait": PLACE,
    "public_projects:list": {},
    "public_projects:project": {"pk": "project_asked"},
    "public_projects:photo": {"pk": "project_asked", "photo": "public_photo", "size": "size"},
    "public:list": {},
    "public:csv": {},
    "public:case": {"number": "resident"},
}
OPEN = frozenset({"healthz", "readyz", "metrics", "login", "logout", "set_language", "home", "api-docs"})
FORMAT = {"suffix": "suffix"}
OPEN311: Mapping[str, Mapping[str, str]] = {  # open to everybody as well, with a format at the end
    "open311:discovery": FORMAT,
    "open311:services": FORMAT,
    "open311:service": {"code": "service", **FORMAT},
    "open311:requests": FORMAT,
    "open311:request": {"number": "resident", **FORMAT},
    "open311:token": {"token": "resident", **FORMAT},
    "open311:updates": FORMAT,
}
API: Mapping[str, Mapping[str, str]] = {
    **{key: {} for key in ("schema", "api-token", "api-logout", "api-me", "api-inbox", "api-inbox-read")},
    **{key: {} for key in ("api-communities", "api-cases", "api-escalations", "api-standards")},
    **{key: {} for key in ("api-categories", "api-organisations", "api-locate", "api-nearby")},
    **{key: {} for key in ("api-bulk", "api-exports", "api-views")},
    "api-export": {"export": "export"},
    "api-export-file": {"export": "export"},
    "api-assignments": PLACE,
    "api-community": PLACE,
    "api-case": CASE,
    "api-case-act": {**CASE, "action": "action"},
    "api-case-events": CASE,
    "api-case-reporter": CASE,
    "api-escalation": {"number": "escalation"},
    "api-photos": {},
    "api-photo": {"photo": "photo"},
    "api-photo-redact": {"photo": "photo"},
    "api-photo-file": {"photo": "photo", "size": "size"},
}


def in_turn(names: Iterable[T]) -> list[T]:
    """A third of these in their order, another one in each run; all of them where CITYMGMT_WALK_ALL is set."""
    known = list(names)
    if os.environ.get("CITYMGMT_WALK_ALL"):
        return known
    chosen = set(random.sample(range(len(known)), (len(known) + 2) // 3))
    return [one for number, one in enumerate(known) if number in chosen]


class World:
    """A district in which something stands behind every address."""

    def __init__(self, district: District) -> None:
        self.district, self.street = district, district.street
        self.nobody = user("nobody", "", subdistrict=district.street.subdistrict)
        User.objects.update(language="en")
        now = timezone.now()
        case = case_in(district, "escalated", at=f"{timezone.localtime(now):%Y-%m-%d %H:%M}")
        Reporter.objects.create(case=case, name="x")
        self.things: dict[str, Any] = {**self._cases(case, now), **self._rooms(case, now)}
        catch_up(at=timezone.now())  # so that no page of figures finds something to count

    def _cases(self, case: Case, now: datetime) -> dict[str, Any]:
        """A case with its parts, people, letters, figures and papers."""
        district = self.district
        return {
            "case": case.number,
            "escalation": f"{case.number}-D1",
            "action": "note",
            "photo": self._photo(case, now).pk,
            "draft": upload_photo(by=self.street.clerk, at=now, content=photo(), kind="other", request_key="draft").pk,
            "size": "thumbnail",
            "suffix": "xml",
            "service": "noise",
            "resident": resident_case(district, at=now).number,
            "program": client_of(self.street).pk,
            "line": 20,
            "token": create_token(by=district.street.clerk, name="world", days=1)[1].number,
            "person": district.street.officer2.username,
            "message": Message.objects.filter(recipient=district.street.officer).latest("id").pk,
            "mail": self._mail(now).pk,
            "kind": "csv",
            "view": save_view(by=self.street.clerk, at=now, name="x", query="", columns=[]).pk,
            "export": self._export(now).pk,
            "evaluation": self._evaluation(now).pk,
            "bulletin": self._bulletin(now).pk,
            "section": "overview",
            "paper": "xlsx",
            "chart": "days",
        }

    def _rooms(self, case: Case, now: datetime) -> dict[str, Any]:
        """What stands in each room."""
        return {
            **self._duties(now),
            **self._boards(now),
            **self._four_duties(now),
            **self._area(now),
            **self._institutions(now),
            **self._publicity(now),
            **self._regulation(now),
            **self._projects(now),
            **self._gathering(case, now),
            "answerable": self._answerable(now).pk,
            **self._team(now),
            **self._stations(now),
            **self._site(now),
            **self._building(now),
            **self._pests(now),
            **self._cleanliness(now),
            **self._guards(now),
            **self._resident(now),
            **self._hotline(now),
        }

    def _resident(self, now: datetime) -> dict[str, Any]:
        """A resident's report that was not taken up, and is said not to be solved."""
        told = Told(Topic.objects.get(code="vending"), "x", community=self.street.communities[0], phone="13800001234")
        report = report_matter(subdistrict=self.street.subdistrict, told=told, at=now, form_key="world").report
        perform("decline", number=report.case.number, by=self.street.clerk, at=now, note="x")
        judge_closing(report=report, is_solved=False, score=1, words="x", at=now, key="judged")
        return {"reported": report.case.number, "judgement": Judgement.objects.get().pk}

    def _hotline(self, now: datetime) -> dict[str, Any]:
        """An order of the hotline with an interim reply that was sent back, and a sheet that waits to be taken in."""
        street, call = self.street, f"{timezone.localtime(now):%Y-%m-%d}"
        content = f"工单编号,来电时间,诉求内容,来电人\nGZ1,{call},x,王小明\n".encode()
        kept = {"by": street.clerk, "at": now, "content": content, "name": "x.csv"}
        of_hotline.import_sheet(pk=of_hotline.keep_sheet(**kept, request_key="one").pk, by=street.clerk, at=now)
        order = HotlineOrder.objects.get()
        of_hotline.reply_to_hotline(pk=order.pk, by=street.clerk, at=now, text="x", is_final=False)
        export = of_hotline.send_back_replies(by=street.clerk, at=now, request_key="one")
        waits = of_hotline.keep_sheet(**{**kept, "content": content.replace(b"GZ1", b"GZ2")}, request_key="two")
        return {"hotline_order": order.pk, "hotline_export": export.pk, "hotline_sheet": waits.pk}

    def _answerable(self, now: datetime) -> Answerable:
        """The secretary of the office, since the day before."""
        street = self.street
        return appoint_answerable(
            subdistrict=street.subdistrict,
            user=street.leader,
            level=1,
            post_zh="党工委书记",
            from_on=timezone.localdate(now) - timedelta(days=1),
            by=street.leader,
            at=now,
        )

    def _team(self, now: datetime) -> dict[str, Any]:
        """A team with a rotation; its member checked in for a duty, has one to come, a leave and a certificate."""
        street, team, today = self.street, self.street.team.pk, timezone.localdate(now)
        given = {"by": street.teamleader, "at": now, "team": team}
        began = timezone.localtime(now - timedelta(minutes=30)).replace(second=0, microsecond=0)
        ends = (began + timedelta(hours=8)).time()
        shift = of_teams.save_shift(**given, told=of_teams.ShiftTold("班", "Shift", began.time(), ends)).pk
        put = {**given, "shift": shift, "user": street.member.pk}
        running = of_teams.add_duty(**{**put, "at": began - timedelta(hours=2)}, on=began.date()).pk
        of_teams.check_in(by=street.member, at=now, pk=running)
        ahead = of_teams.add_duty(**put, on=today + timedelta(days=3)).pk
        of_teams.set_rotation(**given, since=today, step=1, cycle=[shift], members=[street.member.pk])
        days = (today + timedelta(days=9), today + timedelta(days=10))
        leave = of_teams.grant_member_leave(**given, told=of_teams.LeaveTold(street.member.pk, *days)).leave.pk
        told = of_teams.CertificateTold(street.member.pk, "driving", "1", today, today + timedelta(days=20))
        certificate = of_teams.save_certificate(**given, told=told).pk
        duties = {"running": running, "duty": ahead, **self._walk(shift, began.date(), now)}
        return {"team": team, "shift": shift, "member_leave": leave, "certificate": certificate, **duties}

    def _stations(self, now: datetime) -> dict[str, Any]:
        """Two stations: one checked today with a failed item and its photo, one to be checked."""
        yard = yard_of(self.district)
        of_stations.save_station(by=self.street.clerk, at=now, told=yard.tell(name_zh="二号公厕"))
        of_stations.plan_checks(at=now)
        checked, unchecked = DailyCheck.objects.order_by("pk").values_list("pk", flat=True)
        answers = yard.answers(i7="灭火器过期")
        answers[7] = replace(answers[7], photo=photo())
        of_stations.make_check(by=self.street.member, at=now, pk=checked, answers=answers)
        process_photos(now=lambda: now)
        kept = CheckPhoto.objects.get()
        checks = {"checked": checked, "unchecked": unchecked, "answered": kept.answer.ordinal, "check_photo": kept.pk}
        return {"station": yard.station.pk, "station_kind": "toilet", "item_looked_at": yard.items[0].pk, **checks}

    def _building(self, now: datetime) -> dict[str, Any]:
        """An illegal building that was ordered to stop, with a photo and its paper."""
        one = building_in(self.district, at=now, found_on=timezone.localdate(now))
        files = {"photos": [photo()], "papers": [PDF]}
        given: dict[str, Any] = {"on": timezone.localdate(now), "document": "停〔2026〕1", **files}
        of_buildings.act_on_building("stop", pk=one.pk, by=self.street.clerk, at=now, **given)
        process_photos(now=lambda: now)
        shot = BuildingPhoto.objects.get(event__building=one).pk
        paper = BuildingPaper.objects.get(event__building=one).pk
        named = {"building_step": "refer", "building_photo": shot, "building_paper": paper, "table_kind": "csv"}
        return {"building": one.pk, **named}

    def _site(self, now: datetime) -> dict[str, Any]:
        """A construction site with a permit and a fault."""
        site = site_in(self.district)
        permit = permit_of(site, self.street.clerk, timezone.localdate(now)).pk
        return {"site": site.pk, "permit": permit, "fault": fault_of(site, self.street.clerk, at=now).pk}

    def _walk(self, shift: int, on: date, now: datetime) -> dict[str, Any]:
        """A round that the member walks, with a photo of its first point, and one of the day after."""
        by, route = self.street.member, route_of(self.street.team, self.street.communities[0])
        rounds = [appointed(route, Shift.objects.get(pk=shift), on + timedelta(days=n), now) for n in (0, 1)]
        pk = rounds[0].pk
        start_round(pk=pk, by=by, at=now)
        signs = list(route.points.order_by("pk").values_list("code", flat=True))
        see_point(pk=pk, ordinal=1, by=by, at=now, told=CheckIn(code=signs[0]), photos=[photo(80, 60)])
        told = FindingTold("handled", Category.objects.get(code_2026="09006").pk, round=pk, ordinal=1)
        finding = note_finding(by=by, at=now, told=told, photos=[photo(64, 48)])
        process_photos(now=lambda: now)
        found = {"finding": finding.pk, "finding_photo": finding.photos.get().pk}
        found |= {"visit_photo": VisitPhoto.objects.get().pk}
        things = {"sign": signs[1], "ordinal": 2, **found}
        return {"round": pk, "round_ahead": rounds[1].pk, **things, **self._plan(route, on, now)}

    def _plan(self, route: Route, on: date, now: datetime) -> dict[str, Any]:
        """A plan of a route in force in ten days, and what it was made of."""
        told = PlanTold(on + timedelta(days=10), 3, avoids_holidays=False, seed=1)
        plan = put_in_force(by=self.street.teamleader, at=now, route=route.pk, told=told)
        point = route.points.order_by("pk")[0]
        things = {"route": route.pk, "route_point": point.pk, "place_class": point.place_class_id}
        return {**things, "round_plan": plan.pk, "hot_case": Case.objects.order_by("pk")[0].pk}

    def _guards(self, now: datetime) -> dict[str, Any]:
        """A post at a key place with a watch that the member stands, with a photo, and one to come."""
        by, team, place = self.street.teamleader, self.street.team.pk, market_in(self.district)
        told = of_guards.PostTold("东门", team, PlaceTold(0), timezone.localdate(now), key_place=place.pk)
        post = of_guards.save_post(by=by, at=now, told=told).pk
        begins = timezone.localtime(now + timedelta(minutes=5)).replace(second=0, microsecond=0)
        hours = of_guards.HoursTold("every", begins.time(), (begins + timedelta(hours=2)).time())
        kept = of_guards.save_hours(by=by, at=now, post=post, told=hours).pk
        for month in (begins.date(), begins.date() + timedelta(days=31)):
            of_guards.plan_watches(by=by, at=now, team=team, month=month)
        stood, ahead = GuardWatch.objects.filter(user=self.street.member).order_by("period")[:2]
        here = of_teams.Position(float(place.longitude or 0), float(place.latitude or 0), 10)
        given = {"by": self.street.member, "at": now}
        of_guards.arrive(**given, pk=stood.pk, told=of_guards.Arrival(here), photos=[photo(90, 60)])
        of_guards.take_look(**given, place=place.pk, told=of_guards.LookTold())
        process_photos(now=lambda: now)
        picture = WatchPhoto.objects.get().pk
        watches = {"guard_stood": stood.pk, "guard_watch": ahead.pk, "watch_photo": picture}
        return {"guard_post": post, "guard_hours": kept, "guarded_place": place.pk, **watches}

    def _cleanliness(self, now: datetime) -> dict[str, Any]:
        """A street segment with a sample that has a point on it, and a blind spot that was looked at."""
        by, segment = self.street.clerk, street_in(self.district, at=now)
        point = sample_of(by, count=2, at=now).points.get(ordinal=1)
        spot = spot_in(self.district, at=now).pk
        of_cleanliness.look_at_spot(by=by, at=now, pk=spot, is_clean=True)
        drawn = {"sample_draw": point.draw_id, "sample_point": point.pk}
        return {"street_segment": segment.pk, "blind_spot": spot, **drawn}

    def _pests(self, now: datetime) -> dict[str, Any]:
        """A pest team with an operation, a survey, a breeding site that is open and one that is closed."""
        squad, by, today = squad_of(self.district), self.street.clerk, timezone.localdate(now)
        given = {"by": by, "at": now, "team": squad.team.pk}
        operation = of_pests.save_operation(**given, told=squad.operation(on=today)).pk
        counted = of_pests.SurveyTold("rodent_rooms", squad.place, "一号院", today, 100, 2)
        survey = of_pests.save_survey(**given, told=counted).pk
        found = [of_pests.SiteTold(squad.place, place, "container", "mosquito", today) for place in ("旧轮胎", "积水")]
        site, closed = (of_pests.find_site(**given, told=one).pk for one in found)
        of_pests.close_site(by=by, at=now, pk=closed, on=today, done="已清除")
        sites = {"breeding_site": site, "breeding_closed": closed}
        named = {"density_index": "rodent_rooms", "density_level": "B"}
        return {"pest_operation": operation, "density_survey": survey, **sites, **named}

    def _gathering(self, case: Case, now: datetime) -> dict[str, Any]:
        """A meeting that has begun, with the case on its agenda, a resolution in force on it and a draft; one that was
        held; one with a draft of minutes and its files, and one whose minutes were issued.
        """
        by, units = self.street.clerk, units_of_every_kind(self.district)
        pks = [unit.pk for unit in units]
        meeting = self._meeting("联席会议", pks, now)
        (item,) = add_proposals(by=by, at=now, pk=meeting.pk, keys=[f"case:{case.pk}"])
        rule = MeetingRule(title="每月联席会议", since=timezone.localdate(now), starts=time(14, 30), place="三楼会议室")
        save_rule(by=by, at=now, rule=rule, units=pks[:1])
        given = {
            "by": by,
            "at": now,
            "meeting": meeting.pk,
            "wording": Wording("拆除雨棚", pks[0], pks[1:], limit_days=9),
        }
        number, draft = (make_resolution(**given, cases=cases).resolution.number for cases in ([case], []))
        act_on_resolution("enact", number=number, by=self.street.leader, at=now)
        told = act_on_resolution("progress", number=number, by=by, at=now, note="已拆一半", photos=[photo()])
        process_photos(now=lambda: now)
        keys = {
            "evidence": told.photos.get().pk,
            "meeting": meeting.pk,
            "item": item.pk,
            "unit": pks[0],
            "rule": rule.pk,
        }
        seat = meeting.seats.get(unit=units[0]).pk
        resolved = {"resolution": number, "unresolved": draft, "urging": "urge", "seat": seat}
        return {**keys, **resolved, **self._minutes(pks, now), **self._circulars(pks, case, now)}

    def _circulars(self, units: list[int], case: Case, now: datetime) -> dict[str, Any]:
        """A draft about the case with a file, and one that was issued, to all units."""
        by, text = self.street.clerk, of_circulars.CircularText("情况通报", "请各单位知悉。", units, cases=[case])
        draft, sent = (of_circulars.draft_circular(by=by, at=now, text=text) for _ in range(2))
        sent = of_circulars.submit_circular(by=by, at=now, pk=sent.pk, version=sent.version)
        sent = of_circulars.issue_circular(by=self.street.leader, at=now, pk=sent.pk, version=sent.version)
        self._file(of_circulars.ask_circular_files(by=by, at=now, pk=draft.pk), "docx", now)
        receipt = sent.receipts.get(unit=units[0]).pk
        return {"circular": draft.pk, "circulated": sent.pk, "circular_receipt": receipt, "submitting": "submit"}

    def _meeting(self, title: str, units: list[int], now: datetime) -> Meeting:
        by, before = self.street.clerk, now - timedelta(days=2)
        plan = MeetingPlan(title, now - timedelta(hours=1), "三楼会议室", units, chair=self.street.leader.pk)
        meeting = plan_meeting(by=by, at=before, plan=plan)
        return invite_units(by=by, at=before, pk=meeting.pk)

    def _minutes(self, units: list[int], now: datetime) -> dict[str, Any]:
        by = self.street.clerk
        held, drafted, issued = (self._meeting(title, units, now).pk for title in ("已开", "起草中", "已印发"))
        for pk in (held, drafted, issued):
            hold_meeting(by=by, at=now, pk=pk)
        final = of_minutes.draft_minutes(by=by, at=now, meeting=issued)
        for step, who in (("check", by), ("sign", self.street.leader), ("issue", by)):
            act = getattr(of_minutes, f"{step}_minutes")
            final = act(by=who, at=now, pk=final.pk, version=final.version)
        draft = of_minutes.draft_minutes(by=by, at=now, meeting=drafted)
        self._file(of_minutes.ask_files(by=by, at=now, pk=draft.pk), "docx", now)
        receipt = final.receipts.get(unit=units[0]).pk
        return {"held": held, "minutes": draft.pk, "receipt": receipt, "step": "check", "word": "docx"}

    def _photo(self, case: Case, at: datetime) -> Photo:
        """A photo of the case, developed."""
        by = self.street.clerk
        draft = upload_photo(by=by, at=at, content=photo(), kind="before", request_key="world")
        process_photos(now=lambda: at)
        perform("note", number=case.number, by=by, at=at, note="照片", photos=[draft])
        return draft

    def _export(self, now: datetime) -> ExportJob:
        """A file that the worker has written."""
        by = self.street.clerk
        job = ask_export(by=by, at=now, kind="csv", query="", columns=[], total=1, request_key="world")
        write_exports(lambda: now)
        return job

    def _evaluation(self, now: datetime) -> Evaluation:
        """A frozen evaluation that waits to be published."""
        yesterday = timezone.localdate(now) - timedelta(days=1)
        return freeze_evaluation(by=self.street.leader, at=now, period=Period(yesterday, yesterday))

    def _bulletin(self, now: datetime) -> Bulletin:
        """The draft of last month with its files."""
        month = last_month(timezone.localdate(now)).first
        bulletin = draft_bulletin(by=self.street.clerk, at=now, month=month)
        self._file(ask_files(by=self.street.clerk, at=now, pk=bulletin.pk), "xlsx", now)
        return bulletin

    def _file(self, job: PaperJob, kind: str, now: datetime) -> None:
        """A file as the worker keeps it; drawing a real one takes seconds, and no walk looks into it."""
        keep_file(job, kind, b"a file", now)
        finish(job, 1)

    def _mail(self, now: datetime) -> Message:
        return Message.objects.create(
            dedupe_key="x", channel="email", recipient=self.street.clerk, kind="dispatch", created_at=now, state="dead"
        )

    def _duties(self, now: datetime) -> dict[str, Any]:
        """A community with a handover to come, a leave and a present officer."""
        today = timezone.localdate(now)
        place, by = self.street.communities[0], self.street.leader
        leave = grant_leave(user=self.street.officer, from_on=today, until_on=today + timedelta(days=2), by=by, at=now)
        running = place.assignments.get(user=self.street.officer)
        sheet = hand_over(community=place, to_user=self.street.officer2, on=today + timedelta(days=9), by=by, at=now)
        return {"place": place.code, "leave": leave.pk, "assignment": running.pk, "sheet": sheet.pk}

    def _area(self, now: datetime) -> dict[str, Any]:
        """A residential area that is ready for its pilot, with a photo."""
        told = area_told(self.district)
        one = of_areas.enter_area(by=self.street.clerk, at=now, told=told).area
        marks = {one.key: 9 for one in SEEDED.criteria}
        found = of_areas.AssessmentTold(timezone.localdate(now), 0, marks)
        of_areas.assess_area(pk=one.pk, by=self.street.clerk, at=now, told=found, photos=[photo(120, 90)])
        shot = AreaPhoto.objects.get().pk
        step = {"area": one.pk, "area_photo": shot, "area_step": "begin_pilot", "local_rule": "filing"}
        return {**step, "committee": self._committee(now).pk, "committee_step": "call_off"}

    def _committee(self, now: datetime) -> OwnersCommittee:
        """An owners' committee of another area, whose assembly is today."""
        area = of_areas.enter_area(by=self.street.clerk, at=now, told=area_told(self.district, name="x")).area
        began, whole = now - timedelta(days=40), Decimal(100)
        on = timezone.localdate(began)
        told = of_committees.ApplicationTold(on, whole, whole, 10, 5)
        one = of_committees.apply_for_committee(area=area.pk, by=self.street.clerk, at=began, told=told).committee
        today = timezone.localdate(now)
        called = {"meeting_on": today, "informed_on": today - timedelta(days=20)}
        for name, days, given in (("accept", 1, {}), ("form_group", 2, {"group_size": 5}), ("call", 20, called)):
            by = self.street.leader if name == "accept" else self.street.clerk
            at, day = began + timedelta(days=days), on + timedelta(days=days)
            of_committees.act_on_committee(name, pk=one.pk, by=by, at=at, on=day, **given)
        return one

    def _boards(self, now: datetime) -> dict[str, Any]:
        """A board that is confirmed with a photo; cards of two officers with portraits."""
        street, today = self.street, timezone.localdate(now)
        for person in (street.officer, street.officer2):
            portrait = of_boards.PortraitTold(photo(90, 120), today)
            told = of_boards.CardTold("020-80001111", duties="日常巡查")
            of_boards.save_card(by=street.admin, at=now, username=person.username, told=told, portrait=portrait)
        process_photos(now=lambda: now)
        place, told = street.communities[0], of_boards.BoardTold("南门")
        board = of_boards.put_up_board(by=street.clerk, at=now, community=place.pk, told=told).board
        seen = contents_on([place], today)[place.pk].digest
        of_boards.confirm_board(by=street.clerk, at=now, pk=board.pk, seen=seen, photo=photo(120, 90))
        process_photos(now=lambda: now)
        return {"board": board.pk, "board_photo": BoardPhoto.objects.get().pk, "sheet_size": "a4"}

    def _four_duties(self, now: datetime) -> dict[str, Any]:
        """An open sheet with a photo, and one that was handed in."""
        street = self.street
        told = of_duties.DutyTold("走访商户", "", "content", 5, 1)
        duty = of_duties.save_duty(by=street.leader, at=now, told=told)
        of_duties.open_sheets(at=now)
        first, second = (DutySheet.objects.get(community=one) for one in street.communities[:2])
        answer = of_duties.AnswerTold(1, "done", photos=(photo(120, 80),))
        of_duties.fill_in_sheet(by=street.officer, at=now, pk=first.pk, answers=[answer], is_final=False)
        of_duties.fill_in_sheet(by=street.clerk2, at=now, pk=second.pk, answers=[answer], is_final=True)
        process_photos(now=lambda: now)
        shot = DutyPhoto.objects.get(answer__sheet=first)
        return {"asked_duty": duty.pk, "duty_sheet": first.pk, "duty_handed": second.pk, "duty_photo": shot.pk}

    def _regulation(self, now: datetime) -> dict[str, Any]:
        """A rule of the office, with its file."""
        days = (date(2025, 1, 1), date(2025, 1, 1))
        told = of_regulations.RegulationTold("巡查制度", "office", "街道办事处", *days)
        made = of_regulations.publish_regulation(by=self.street.leader, at=now, told=told, file=b"x")
        return {"regulation": made.pk, "regulation_file": made.files.get().pk}

    def _projects(self, now: datetime) -> dict[str, Any]:
        """A campaign under way with a task that was photographed, and a matter that residents judge now."""
        work = work_of(self.district, at=now, today=timezone.localdate(now))
        campaign, asked = work.running(communities=(self.street.communities[0].pk,)), work.asked()
        work.report(asked, photos=[photo()], shows="after", is_public=True)
        work.report(campaign, photos=[photo()])
        process_photos(now=lambda: now)
        told = {"verdict": "not", "words": "x", "form_key": "world"}
        return {
            "project": campaign.pk,
            "project_asked": asked.pk,
            "project_kind": "campaign",
            "project_step": "suspend",
            "project_task": work.task(campaign, community=self.street.communities[0].pk, owner=None).pk,
            "task_step": "do",
            "project_photo": ProjectPhoto.objects.get(project=campaign).pk,
            "public_photo": ProjectPhoto.objects.get(project=asked).pk,
            "project_opinion": of_projects.give_opinion(project=asked.pk, at=now, **told).pk,
            "shown": "show",
        }

    def _publicity(self, now: datetime) -> dict[str, Any]:
        """An item planned for a later day (today's falls due in the evening), one put out with its photo, a forum to
        come, a suggestion with its maker.
        """
        street, today = self.street, timezone.localdate(now)
        by: dict[str, Any] = {"by": street.clerk, "at": now}
        told = [of_publicity.ItemTold("leaflet", "x", today + timedelta(days=days), 1) for days in (0, 10)]
        places = [street.communities[0].pk]
        out, waits = (of_publicity.plan_items(**by, told=one, communities=places).item_id for one in told)
        of_publicity.act_on_item("put_out", pk=out, on=today, quantity=1, photos=[photo(120, 90)], **by)
        forum = of_publicity.ForumTold(street.communities[0].pk, now + timedelta(days=3), "x", "x", "x")
        suggestion = of_publicity.SuggestionTold("x", "phone", street.communities[0].pk, name="x")
        row = of_publicity.enter_suggestion(**by, told=suggestion).suggestion_id
        of_publicity.look_at_suggester(**by, pk=row, purpose="ask_back")
        process_photos(now=lambda: now)
        return {
            "publicity_item": waits,
            "publicity_photo": PublicityPhoto.objects.get().pk,
            "publicity_step": "call_off",
            "forum": of_publicity.plan_forum(**by, told=forum).forum_id,
            "suggestion": row,
            "suggestion_step": "answer",
        }

    def _institutions(self, now: datetime) -> dict[str, Any]:
        """An institution with an agreement and its photo, a visit with a promise, and a visit that waits."""
        street, today = self.street, timezone.localdate(now)
        by: dict[str, Any] = {"by": street.clerk, "at": now}
        told = of_institutions.InstitutionTold("第一小学", "school")
        pk = of_institutions.enter_institution(**by, community=street.communities[0].pk, told=told).pk
        signed = of_institutions.AgreementTold(today, today + timedelta(days=365))
        agreement = of_institutions.sign_agreement(**by, institution=pk, told=signed, photos=[photo()], paper=PDF)
        process_photos(now=lambda: now)
        pledges = [of_institutions.PledgeTold("每天清扫", working_days=5)]
        visit = of_institutions.record_visit(
            **by, institution=pk, told=of_institutions.VisitTold(today, "x"), pledges=pledges
        )
        planned = of_institutions.plan_visit(**by, institution=pk, on=today)
        return {
            "institution": pk,
            "agreement": agreement.pk,
            "institution_photo": InstitutionPhoto.objects.get().pk,
            "institution_visit": visit.pk,
            "institution_planned": planned.pk,
            "pledge": visit.pledges.get().pk,
            "pledge_action": "keep",
        }

    def kwargs(self, name: str) -> dict[str, Any]:
        """What the address of a page or of the API takes."""
        things = things_in(name)
        return {part: self.things[thing] for part, thing in things.items()}

    def people(self) -> dict[str, User]:
        """Everybody: those of the street, those of the district, those of the other street, and one without a role."""
        own = {name: getattr(self.street, name) for name in STREET}
        district = {"liaison": self.district.liaison, "liaison2": self.district.liaison2, "nobody": self.nobody}
        return own | district | {f"other {name}": getattr(self.district.other, name) for name in OTHERS}

    def somebody(self, name: str) -> User:
        """Somebody who may open the page."""
        page, people = PAGES[name], self.people()
        return next(people[who] for who in people if expected(page, who, people[who]) == 200)


def things_in(name: str) -> Mapping[str, str]:
    """The things in an address, by the part of it."""
    named = API.get(name) or PUBLIC.get(name) or OPEN311.get(name)
    return named or (PAGES[name].things if name in PAGES else None) or {}


def expected(page: Page, who: str, person: User) -> int:
    """200, 403 or 404, as the table of permissions and what is told here say."""
    if page.sees is not None and who not in page.sees:
        return 404
    opens = [row for row in (page.row, page.also) if row]
    return 200 if not opens or any(person.role in TABLE[row] for row in opens) else 403
