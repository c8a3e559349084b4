"""Clients of the Web API by workspace, each with the token that was given there; the app of Bolt over them."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.channel import ChannelMisconfigured, Health, Undeliverable
from bot.channels.slack import outbound
from bot.channels.slack.listening import asked
from bot.channels.slack.workspaces import manifest
from bot.channels.slack.workspaces.addresses import apart
from bot.channels.slack.workspaces.installations import Installations, InstallStates


@dataclass(frozen=True)
class OAuth:
    """How the app is installed in several workspaces: its credentials, and where their tokens lie."""

    client_id: str
    client_secret: str
    installations: Installations
    states: InstallStates


class Workspaces:
    """Where the app is installed: where its token is configured (`ours` is its id, known after `introduce`), and by
    OAuth elsewhere."""

    def __init__(self, bot_token: str, api_url: str, oauth: OAuth | None) -> None:
        self._api_url = api_url
        self._oauth = oauth
        self.configured = outbound.connect(bot_token, api_url)
        self.ours = ""
        self._let_in: AuthorizeResult | None = None

    async def introduce(self, health: Health) -> None:
        """Asks Slack who we are, until it answers. Raises: ChannelMisconfigured for a missing or wrong setting."""
        if self._oauth and not self._oauth.client_secret:
            raise ChannelMisconfigured(
                "Slack needs BILLIFY_SLACK_CLIENT_SECRET beside BILLIFY_SLACK_CLIENT_ID: both stand under Basic "
                "Information of your app."
            )
        if not self.configured.token:
            if self._oauth is None:
                raise ChannelMisconfigured(
                    "Slack needs BILLIFY_SLACK_BOT_TOKEN (xoxb-…), or BILLIFY_SLACK_CLIENT_ID to be installed by OAuth."
                )
            return
        answer = await asked(
            self.configured.auth_test,
            "Slack does not accept the bot token ({}). Set BILLIFY_SLACK_BOT_TOKEN to the Bot User OAuth Token "
            "(xoxb-…) that your app shows under OAuth & Permissions.",
            health,
        )
        self._let_in = AuthorizeResult.from_auth_test_response(
            bot_token=self.configured.token, auth_test_response=answer
        )
        everywhere = bool(answer.get("is_enterprise_install"))
        self.ours = answer["enterprise_id"] if everywhere else answer["team_id"]
        if self._oauth:
            self._oauth.installations.configured = Bot(
                enterprise_id=self.ours if everywhere else None,
                team_id=None if everywhere else self.ours,
                bot_token=self.configured.token,
                bot_id=answer.get("bot_id") or "",
                bot_user_id=answer["user_id"],
                is_enterprise_install=everywhere,
                installed_at=0.0,
            )

    def app(self, signing_secret: str) -> AsyncApp:
        """The app of Bolt; each event comes with the client of its workspace."""

        async def known() -> AuthorizeResult:  # else Bolt asks Slack before it answers the first event
            assert self._let_in is not None, "introduce() comes first"
            return self._let_in

        if self._oauth is None:
            return AsyncApp(
                name="billify",
                client=self.configured,
                authorize=known,
                signing_secret=signing_secret,
                process_before_response=True,
            )
        settings = AsyncOAuthSettings(
            client_id=self._oauth.client_id,
            client_secret=self._oauth.client_secret,
            scopes=manifest.scopes(),
            installation_store=self._oauth.installations,
            installation_store_bot_only=True,
            state_store=self._oauth.states,
        )
        app = AsyncApp(
            name="billify",
            client=outbound.connect("", self._api_url),
            signing_secret=signing_secret,
            oauth_settings=settings,
            process_before_response=True,
        )
        app.enable_token_revocation_listeners()
        return app

    async def client(self, address: str) -> AsyncWebClient:
        """The client for a channel, a file or a person by their address. Raises: Undeliverable where we are no more."""
        workspace, _ = apart(address)
        if not workspace:
            return self.configured
        found = await self._oauth.installations.find(workspace) if self._oauth else None
        if found is not None:
            return outbound.connect(found.bot_token, self._api_url)
        if self._oauth is None and self.configured.token:  # people of other companies, met in a shared channel
            return self.configured
        raise Undeliverable("Billify is no longer installed in this Slack workspace. Install it there anew.")
