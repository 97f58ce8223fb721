"""Settings: environment over config/settings.yaml; an unknown name is an error."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError
from intents.errors import DataFileError
from intents.yamlfile import read

ROOT = Path(__file__).resolve().parent.parent
"""The project's root: config/ and seeds/ lie here."""
SETTINGS_FILE = ROOT / "config" / "settings.yaml"
PREFIX = "FAZHIBOT_"
TOKEN = "TELEGRAM_BOT_TOKEN"
_NAMES = (
    "seeds", "data_dir", "api_root", "mode", "webhook_url", "webhook_listen", "webhook_secret",
    "http_listen", "admins", "log",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that never shows itself in a log or a traceback."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked."""

    seeds: Path
    data_dir: Path
    api_root: str
    mode: str
    webhook_url: str
    webhook_listen: str
    webhook_secret: Secret
    http_listen: str
    admins: frozenset[str]
    log: str
    token: Secret

    @property
    def bases(self) -> Path:
        """Where the bases lie."""
        return self.data_dir / "bases"


def load_settings(
    environment: Mapping[str, str] | None = None, file: Path = SETTINGS_FILE
) -> Settings:
    """Read all settings; SettingsError names the file and line, or the variable, at fault."""
    env = os.environ if environment is None else environment
    try:
        record = read(file).record(set(_NAMES))
        values = {name: node.text() for name, node in record.items()}
        origin = {name: f"{file}:{node.line}: {name}" for name, node in record.items()}
    except DataFileError as error:
        raise SettingsError(str(error)) from error
    for variable in sorted(v for v in env if v.startswith(PREFIX)):
        name = variable.removeprefix(PREFIX).lower()
        if name not in _NAMES:
            known = ", ".join(PREFIX + n.upper() for n in _NAMES)
            raise SettingsError(f"unknown setting {variable}; known: {known}")
        values[name], origin[name] = env[variable], variable
    return _checked(values, origin, env.get(TOKEN, ""))


def _checked(values: dict[str, str], origin: dict[str, str], token: str) -> Settings:
    if values["mode"] not in ("polling", "webhook"):
        raise SettingsError(f"{origin['mode']} must be polling or webhook, not {values['mode']!r}")
    if values["log"] not in ("", "plain", "json"):
        raise SettingsError(f"{origin['log']} must be plain or json, not {values['log']!r}")
    if values["mode"] == "webhook" and not (values["webhook_url"] and values["webhook_secret"]):
        raise SettingsError("webhook mode needs FAZHIBOT_WEBHOOK_URL and FAZHIBOT_WEBHOOK_SECRET")
    admins = frozenset(part.strip() for part in values["admins"].split(",") if part.strip())
    strange = sorted(a for a in admins if not a.isdigit())
    if strange:
        raise SettingsError(f"{origin['admins']} must be numeric user ids, not {strange[0]!r}")
    return Settings(
        seeds=_path(values["seeds"]),
        data_dir=_path(values["data_dir"]),
        api_root=values["api_root"].rstrip("/"),
        mode=values["mode"],
        webhook_url=values["webhook_url"],
        webhook_listen=values["webhook_listen"],
        webhook_secret=Secret(values["webhook_secret"]),
        http_listen=values["http_listen"],
        admins=admins,
        log=values["log"],
        token=Secret(token.strip()),
    )


def _path(text: str) -> Path:
    """Relative paths count from where the command runs, else from the project's root."""
    path = Path(text).expanduser()
    if path.is_absolute() or path.exists() or text not in ("seeds", "var"):
        return path
    return ROOT / path
