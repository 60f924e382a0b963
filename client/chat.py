"""The chat: reads what the user says, shows what comes of it, asks where a yes is needed."""

from dataclasses import replace
from datetime import datetime

from llm_orchestrator.orchestrator.v1 import chat_pb2
from rich.padding import Padding
from rich.text import Text

from client.answers import Decision, NoSuchNumber, Words, question_for, read_answer
from client.connection import Connection
from client.errors import ActingEnded, ClientError, NotSignedIn
from client.events import ApprovalAsked, Done, Failed
from client.exchange import Exchange, exchanges
from client.exit_codes import ExitCode
from client.glyphs import glyphs_for
from client.render import render_turn
from client.screen import WIDE, Screen, Stream
from client.sign_in_talk import SignInTalk
from client.slash import SlashCommands
from client.text import one_line
from client.tidy import Tidy
from client.token_file import ELSEWHERE, SIGN_IN_HINT
from client.turn_view import TurnView, begin, begin_with_words

_SHOWN_OF_OLD = 3


class Chat:
    """One sitting at the chat, over one conversation after another."""

    def __init__(self, connection: Connection, screen: Screen) -> None:
        self._connection = connection
        self._screen = screen
        self._session = connection.session()
        self._slash = SlashCommands(connection.questions, screen.console)
        self._last = TurnView()
        self._is_over = False

    async def run(self, conversation_id: str = "") -> ExitCode:
        """Talks until the user leaves. Without a person at the terminal the first error of the client ends it."""
        try:
            await self._begin(conversation_id)
            while not self._is_over:
                line = await self._next_line()
                if line is None:
                    break
                if line.strip():
                    await self._take(line.strip())
        finally:
            await self._session.close()
        has_failed = isinstance(self._last.ended, Failed)
        return ExitCode.FAILED if has_failed and not self._screen.is_live else ExitCode.ANSWERED

    async def _begin(self, conversation_id: str) -> None:
        await self._session.close()
        self._session = self._connection.session(conversation_id)
        try:
            opened = await self._session.open()
        except NotSignedIn as error:
            await self._sign_in(error)
            opened = await self._session.open()
        self._screen.acting_for = self._connection.acting_for
        self._greet(opened, conversation_id)
        old = exchanges([response async for response in self._session.replay()])
        self._show(old[-_SHOWN_OF_OLD:])
        self._last = old[-1].view if old else TurnView()
        await self._settle()

    async def _next_line(self) -> str | None:
        self._show(exchanges(self._session.overheard()), heading="In another window:")
        while True:
            try:
                return await self._screen.read_line()
            except KeyboardInterrupt:
                self._note("Nothing is running. Ctrl-D or /quit leaves.")

    async def _take(self, line: str) -> None:
        """Does what a line says. At a terminal an error is shown and the chat goes on."""
        try:
            await self._do(line)
        except (NotSignedIn, ActingEnded):
            raise
        except ClientError as error:
            if not self._screen.is_live:
                raise
            self._note(str(error), "red")

    async def _do(self, line: str) -> None:
        if line in ("/quit", "/exit"):
            self._is_over = True
        elif line == "/new":
            await self._begin("")
        elif line.startswith("/"):
            await self._slash.run(line, self._last)
        else:
            await self._play(self._session.say(line), begin_with_words(self._last))
            await self._settle()

    async def _settle(self) -> None:
        """Asks while something waits for a yes."""
        while (asked := self._last.approval) and not self._is_over:
            if asked.expires_at and asked.expires_at < datetime.now().astimezone():
                self._note("It is too late for a yes; please ask again.")
                return
            question = question_for(
                len(asked.effects), self._screen.acting_for, is_narrow=self._screen.console.width < WIDE
            )
            try:
                answer = await self._screen.read_answer(question)
            except KeyboardInterrupt:
                answer = ""
            if answer is None:
                self._is_over = True
            elif answer.strip().startswith("/"):
                await self._do(answer.strip())
            else:
                await self._answer(asked, answer)

    async def _answer(self, asked: ApprovalAsked, answer: str) -> None:
        match read_answer(answer, len(asked.effects)):
            case Decision(approved, numbers):
                only = [(asked.effects[number - 1].step_id, asked.effects[number - 1].index) for number in numbers]
                await self._play(self._session.decide(asked.plan_id, approved=approved, only=only), begin(self._last))
            case NoSuchNumber(count):
                self._note(f"The numbers go from 1 to {count}.")
            case Words(text):
                await self._play(self._session.say(text), begin_with_words(self._last))

    async def _play(self, events: Stream, view: TurnView) -> None:
        self._screen.console.print()
        try:
            self._last = await self._screen.play(self._session, events, view)
            self._screen.console.print()
        except NotSignedIn as error:
            self._last = TurnView()
            self._screen.console.print()
            await self._sign_in(error)
            self._note("You are signed in again; please say it once more.")

    async def _sign_in(self, error: NotSignedIn) -> None:
        """Signs in, where a person can answer."""
        connection = self._connection
        if connection.settings.token_command:
            raise error
        if not self._screen.is_live:
            raise error if error.reason == ELSEWHERE else NotSignedIn(f"You are not signed in. {SIGN_IN_HINT}")
        if error.reason == ELSEWHERE:
            self._note(f"{error.words} Signing in here replaces it.")
        self._screen.console.print(Text("Please sign in.", "bold"))
        await SignInTalk(self._screen, connection.sign_in, connection.outbox, connection.token_file).run()
        self._screen.console.print()

    def _greet(self, opened: chat_pb2.Opened, conversation_id: str) -> None:
        dot = f" {glyphs_for(self._screen.console.encoding).dot} "
        acting_for = self._connection.acting_for
        who = f"Signed in as {one_line(opened.agent if acting_for else opened.email)}"
        acting = Text(f"{dot}acting for {acting_for}" if acting_for else "", "bold magenta")
        rest = [f"planner: {one_line(opened.planner)}"]
        if conversation_id:
            rest.append(f"conversation {conversation_id}")
        self._screen.console.print(Text.assemble(who, acting, dot, dot.join(rest)))
        if self._screen.is_live:
            self._screen.console.print(
                Text("Say what you need. /help shows more, Ctrl-C stops a turn, Ctrl-D leaves.", "dim")
            )
        self._screen.console.print()

    def _show(self, turns: list[Exchange], heading: str = "") -> None:
        if turns and heading:
            self._note(heading)
        console = self._screen.console
        glyphs = glyphs_for(console.encoding)
        for turn in turns:
            if turn.said:
                console.print(Text(f"{glyphs.prompt} {turn.said}", "dim"))
            view = turn.view if turn.view.ended else replace(turn.view, ended=Done())
            has_details = turn is turns[-1] and not heading
            console.print(Tidy(render_turn(view, width=console.width, glyphs=glyphs, has_details=has_details)))
            console.print()

    def _note(self, words: str, style: str = "dim") -> None:
        self._screen.console.print(Tidy(Padding(Text(words, style), (0, 2, 1, 2))))
