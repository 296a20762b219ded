"""The phrases of bulletins in both languages of a paper. Pure.

They are no wording of the portal, which follows its reader: a paper keeps the language in which it was drafted, and
official Chinese is written, not translated.
"""

from calendar import month_name
from collections.abc import Iterable, Mapping
from datetime import date, datetime

CHINESE, ENGLISH = "zh-hans", "en"
NONE = "–"
PHRASES: Mapping[str, tuple[str, str]] = {
    "mark": ("城市管理工作简报", "City Management Bulletin"),
    "title": ("%(month)s城市管理工作情况", "City management in %(month)s"),
    "number": ("%(year)s年第%(number)s期", "No. %(number)s of %(year)s"),
    "number_of_draft": ("第  期", "No. –"),
    "draft": ("草稿", "DRAFT"),
    "file": ("%(mark)s%(year)s年第%(number)s期", "%(mark)s %(year)s No. %(number)s"),
    "file_of_draft": ("%(mark)s%(month)s草稿", "%(mark)s %(month)s draft"),
    "office": ("%(name)s办事处", "%(name)s Sub-district Office"),
    "reports_to": ("报", "Report to"),
    "sends_to": ("送", "Send to"),
    "copies_to": ("发", "Copies to"),
    # headings of the sections
    "overview": ("综述", "Overview"),
    "handling": ("立案与处置", "Filing and handling"),
    "communities": ("社区情况", "Communities"),
    "departments": ("部门办理", "District departments"),
    "recurrence": ("回潮与热点", "Recurrence and hot spots"),
    "escalations": ("升级未结事项", "Open escalations"),
    "next": ("下步工作", "Next steps"),
    # comparing
    "before": ("上月", "the month before"),
    "year_before": ("上年同期", "the same month of the year before"),
    "more": ("比%(than)s增加%(count)s件、上升%(share)s", "up by %(count)s (%(share)s) on %(than)s"),
    "fewer": ("比%(than)s减少%(count)s件、下降%(share)s", "down by %(count)s (%(share)s) on %(than)s"),
    "as_many": ("与%(than)s持平", "as many as in %(than)s"),
    "higher": ("比%(than)s上升%(points)s个百分点", "%(points)s points above %(than)s"),
    "lower": ("比%(than)s下降%(points)s个百分点", "%(points)s points below %(than)s"),
    "as_high": ("与%(than)s持平", "as in %(than)s"),
    # overview
    "received": (
        "%(month)s，%(office)s共受理城市管理问题%(reported)s件",
        "Reports received in %(month)s: %(reported)s",
    ),
    "received_none": (
        "%(month)s，%(office)s没有受理城市管理问题",
        "No report was received in %(month)s",
    ),
    "of_which_filed": (
        "其中已立案%(filed)s件，立案率%(rate)s",
        "Of these were filed: %(filed)s (filing rate %(rate)s)",
    ),
    "on_the_spot": ("另有当场处置%(count)s件，不计入受理数", "Handled on the spot, beside these: %(count)s"),
    "to_handle": (
        "本月派遣的案件中，应处置%(to_handle)s件，已处置%(handled)s件，处置率%(rate)s",
        "Of the cases dispatched in the month, to be handled: %(to_handle)s, handled: %(handled)s (%(rate)s)",
    ),
    "handled_on_time": (
        "按期处置%(count)s件，按期处置率%(rate)s",
        "handled on time: %(count)s (%(rate)s)",
    ),
    "to_handle_none": ("本月没有应处置的案件", "No case of the month was to be handled"),
    "judged": (
        "本期数据统计至%(at)s，每项数字均可逐件核对",
        "All figures stand as of %(at)s and can be traced to their cases",
    ),
    # filing and handling
    "filed": ("本月立案%(count)s件，按时立案率%(rate)s", "Filed in the month: %(count)s, on time %(rate)s"),
    "filed_none": ("本月没有立案", "No case was filed in the month"),
    "dispatched": (
        "应派遣%(count)s件，按期派遣率%(rate)s，准确派遣率%(correct)s",
        "to be dispatched: %(count)s, on time %(rate)s, to the right unit %(correct)s",
    ),
    "overdue": ("超期未处置%(count)s件，占应处置的%(rate)s", "Overdue and not handled: %(count)s (%(rate)s)"),
    "overdue_none": ("没有超期未处置的案件", "No case is overdue and not handled"),
    "extended": ("延期%(count)s件，延期率%(rate)s", "extended: %(count)s (%(rate)s)"),
    "reworked": ("返工%(count)s件，返工率%(rate)s", "sent back for rework: %(count)s (%(rate)s)"),
    "suspended": ("缓办%(count)s件，不计入应处置数", "suspended, beside these: %(count)s"),
    "closed": (
        "应结案%(to_close)s件，已结案%(closed)s件，结案率%(rate)s，按期结案率%(on_time)s",
        "To be closed: %(to_close)s, closed: %(closed)s (%(rate)s), on time %(on_time)s",
    ),
    "disorders": ("从问题类别看，%(list)s", "By disorder: %(list)s"),
    "disorder": ("%(name)s%(count)s件（占%(share)s）", "%(name)s %(count)s (%(share)s)"),
    # communities
    "one_judged": ("本月有应处置案件的社区仅%(list)s", "The only community with cases to be handled: %(list)s"),
    "none_judged": ("本月各社区都没有应处置的案件", "No community had cases to be handled"),
    "all_alike": (
        "本月有应处置案件的社区%(count)s个，成绩相同，为%(list)s",
        "Communities with cases to be handled: %(count)s, all alike with %(list)s",
    ),
    "best": (
        "本月有应处置案件的社区%(count)s个，居前的为%(list)s",
        "Communities with cases to be handled: %(count)s. At the top: %(list)s",
    ),
    "last": ("居后的为%(list)s", "At the end: %(list)s"),
    "unjudged": (
        "%(list)s没有应处置案件，不参加排名",
        "Not ranked, as nothing was to be handled: %(list)s",
    ),
    "scored": ("%(name)s（%(points)s分，按期处置率%(rate)s）", "%(name)s (%(points)s points, on time %(rate)s)"),
    "rated": ("%(name)s（按期处置率%(rate)s）", "%(name)s (on time %(rate)s)"),
    "scored_alike": ("%(points)s分", "%(points)s points"),
    "rated_alike": ("按期处置率%(rate)s", "%(rate)s handled on time"),
    "and_others": ("%(list)s等%(count)s个", "%(list)s and others (%(count)s in all)"),
    # departments
    "of_departments": (
        "本月派遣的案件中，上报区职能部门的应处置%(to_handle)s件，涉及部门%(count)s个，已处置%(handled)s件，"
        "处置率%(rate)s，按期处置率%(on_time)s",
        "Of the cases dispatched in the month, escalated to district departments (%(count)s) and to be handled:"
        " %(to_handle)s, handled: %(handled)s (%(rate)s), on time %(on_time)s",
    ),
    "of_departments_none": (
        "本月派遣的案件中，没有上报区职能部门的应处置案件",
        "No case dispatched in the month was escalated to a district department",
    ),
    "departments_owe": (
        "截至%(at)s，尚未办结的升级事项：%(list)s",
        "Escalations open as of %(at)s: %(list)s",
    ),
    "owes": ("%(name)s%(count)s件", "%(name)s %(count)s"),
    # recurrence
    "recurred": (
        "本月结案且地点明确的案件%(placed)s件，其中7日内回潮%(soon)s件，回潮率%(soon_rate)s；"
        "30日内回潮%(later)s件，回潮率%(later_rate)s",
        "Closed in the month with a known place: %(placed)s. Recurred within 7 days: %(soon)s (%(soon_rate)s);"
        " within 30 days: %(later)s (%(later_rate)s)",
    ),
    "recurred_none": ("本月没有地点明确的结案案件", "No case with a known place was closed in the month"),
    "hot": (
        "同一地点同类问题在本月受理3件及以上的热点%(count)s处，突出的有%(list)s",
        "Hot spots with three or more reports of one disorder at one place: %(count)s. Foremost: %(list)s",
    ),
    "hot_one": ("%(place)s（%(disorder)s%(count)s件）", "%(place)s (%(disorder)s, %(count)s)"),
    "hot_none": (
        "本月没有同一地点同类问题受理3件及以上的热点",
        "No place had three or more reports of one disorder in the month",
    ),
    # escalations
    "pending": (
        "截至%(at)s，未办结的升级事项共%(count)s件，其中最早的为%(number)s，%(since)s上报%(department)s",
        "Escalations open as of %(at)s: %(count)s. The oldest is %(number)s, sent to %(department)s on %(since)s",
    ),
    "pending_cut": ("下表列出其中最早的%(count)s件，其余见附表", "The table shows the oldest %(count)s of them"),
    "pending_none": ("截至%(at)s，没有未办结的升级事项", "No escalation was open as of %(at)s"),
    # next steps
    "next_communities": (
        "督促按期处置率低于全街道水平（%(whole)s）的%(list)s逐件查明超期原因，限期整改",
        "Have the communities below the office as a whole (%(whole)s on time) explain each late case: %(list)s",
    ),
    "next_overdue": (
        "对%(count)s件超期未处置案件逐件明确责任人和完成时限，尽快办结",
        "Name a person and a date for each case that is overdue and not handled: %(count)s",
    ),
    "next_rework": (
        "对返工的%(count)s件案件严把核查关，减少重复处置",
        "Inspect strictly what was sent back for rework: %(count)s",
    ),
    "next_spots": (
        "将%(count)s处热点纳入巡查计划和联席会议议题，落实长效管理",
        "Put the hot spots on the patrol plan and before the joint meeting: %(count)s",
    ),
    "next_pending": (
        "对%(count)s件未办结升级事项持续催办，久拖不决的提请区政府督办",
        "Go on urging the open escalations, and report long delays to the district government: %(count)s",
    ),
    "next_none": (
        "坚持日常巡查和及时处置，巩固管理成效",
        "Go on with daily rounds and prompt handling",
    ),
    # tables and charts
    "table_communities": ("各社区办理情况", "Cases by community"),
    "table_departments": ("区职能部门办理情况", "Cases by district department"),
    "table_spots": ("本月热点", "Hot spots of the month"),
    "table_pending": ("未办结升级事项", "Open escalations"),
    "chart_days": ("每日受理与结案情况", "Reported and closed by day"),
    "chart_disorders": ("各类问题受理情况", "Reports by disorder"),
    "chart_communities": ("各社区按期处置率", "Handled on time by community"),
    "told_days": (
        "受理最多的一天为%(most_on)s（%(most)s件）；全月受理%(reported)s件，结案%(ended)s件",
        "Most were reported on %(most_on)s (%(most)s); in the month reported: %(reported)s, closed: %(ended)s",
    ),
    "count_unit": ("件", "cases"),
    "col_community": ("社区", "Community"),
    "col_department": ("部门", "Department"),
    "col_disorder": ("问题类别", "Disorder"),
    "col_reported": ("受理", "Reported"),
    "col_ended": ("结案", "Closed"),
    "col_filed": ("立案", "Filed"),
    "col_to_handle": ("应处置", "To handle"),
    "col_handled": ("已处置", "Handled"),
    "col_handling_rate": ("处置率", "Handled, %%"),
    "col_handled_on_time": ("按期处置", "On time"),
    "col_on_time_rate": ("按期处置率", "On time, %%"),
    "col_rework_rate": ("返工率", "Rework, %%"),
    "col_score": ("得分", "Score"),
    "col_pending": ("未结升级", "Open"),
    "col_place": ("地点", "Place"),
    "col_count": ("件数", "Reports"),
    "col_recurrences": ("30日内回潮", "Recurred"),
    "col_number": ("督办编号", "Number"),
    "col_category": ("类别", "Category"),
    "col_since": ("上报日期", "Since"),
    "col_rung": ("督办层级", "Rung"),
    "elsewhere": ("未定社区", "No community"),
    "whole": ("合计", "Total"),
}
CHINESE_NUMERALS = "一二三四五六七八九十"


class Speech:
    """Says phrases in one language."""

    def __init__(self, language: str) -> None:
        self.is_chinese = language != ENGLISH

    def say(self, name: str, /, **told: object) -> str:
        """A phrase with its places filled."""
        return PHRASES[name][0 if self.is_chinese else 1] % told

    def sentence(self, *clauses: str) -> str:
        """Clauses as one sentence; empty ones are left out."""
        comma, stop = ("，", "。") if self.is_chinese else (", ", ".")
        kept = [clause for clause in clauses if clause]
        told = comma.join(kept) + stop if kept else ""
        return told[:1].upper() + told[1:]

    def text(self, *sentences: str) -> str:
        """Sentences as a paragraph; empty ones are left out."""
        return ("" if self.is_chinese else " ").join(one for one in sentences if one)

    def listed(self, things: Iterable[str]) -> str:
        """Things in a row."""
        return ("、" if self.is_chinese else ", ").join(things)

    def numbered(self, place: int, text: str) -> str:
        """A heading with its number, counted from one."""
        return f"{CHINESE_NUMERALS[place - 1]}、{text}" if self.is_chinese else f"{place}. {text}"

    def point(self, place: int, text: str) -> str:
        """A point below a heading with its number, counted from one."""
        return f"（{CHINESE_NUMERALS[place - 1]}）{text}" if self.is_chinese else f"({place}) {text}"

    def month(self, first: date) -> str:
        """The month of a day."""
        return f"{first.year}年{first.month}月" if self.is_chinese else f"{month_name[first.month]} {first.year}"

    def day(self, on: date) -> str:
        """A day."""
        return f"{on.year}年{on.month}月{on.day}日" if self.is_chinese else f"{on.day} {month_name[on.month]} {on.year}"

    def moment(self, at: datetime) -> str:
        """A local moment, to the minute."""
        return f"{self.day(at.date())}{'' if self.is_chinese else ' '}{at:%H:%M}"
