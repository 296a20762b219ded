"""What the other tests lean on: templates that fail on undefined variables, Redis, Chromium."""

from typing import Any

import pytest
import redis
from django.template import Context, Engine, Origin, Template
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.strict_templates import UndefinedTemplateVariableError, UndefinedVariable

ENGINE = Engine(string_if_invalid=UndefinedVariable("undefined"))


def template(text: str, file: str = "templates/cases/list.html") -> Template:
    return Template(text, origin=Origin(file), engine=ENGINE)


@pytest.mark.parametrize("text", ["{{ absent }}", "{{ case.absent }}", "{{ absent|default:'x' }}"])
def test_undefined_variable_of_ours_is_named(text: str) -> None:
    with pytest.raises(
        UndefinedTemplateVariableError, match=r"templates/cases/list\.html: undefined variable .*absent"
    ):
        template(text).render(Context({"case": {}}))


@pytest.mark.parametrize("text", ["{% if absent %}x{% endif %}", "{{ empty }}", "{{ nothing|default_if_none:'' }}"])
def test_defined_or_asked_for_is_fine(text: str) -> None:
    assert template(text).render(Context({"empty": "", "nothing": None})) == ""


def test_templates_of_packages_are_left_alone() -> None:
    foreign = template("{{ absent }}", "/x/site-packages/django/contrib/admin/templates/admin/base.html")
    assert foreign.render(Context()) == ""


@pytest.mark.redis
def test_redis_asks_for_its_password(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping() is True
        port = client.connection_pool.connection_kwargs["port"]
    with (
        redis.Redis(port=port, retry=Retry(NoBackoff(), 0)) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


@pytest.mark.browser
def test_browser_draws_a_page(browser: Any) -> None:
    page = browser.new_page()
    page.set_content("<title>案件</title><p>你好</p>")
    assert (page.title(), page.inner_text("p")) == ("案件", "你好")
    page.close()


def test_settings_of_the_tests_are_in_force(settings: Any) -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert (settings.REDIS_URL, settings.DEBUG) == ("", False)
    assert settings.VAR_DIR.parent.name.startswith("citymgmt-test-")
