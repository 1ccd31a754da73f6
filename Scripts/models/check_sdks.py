"""Asks our stub server through the official SDKs, which must find it to be what it plays: PORT."""

import sys
import unittest

import openai
from google import genai
from google.genai import errors, types

TEXT = "Here it is:\n```python\ndef priority(x):\n  return x\u2028\n```\n"


class GoogleSDK(unittest.TestCase):
    """google-genai against `generateContent` of the stub."""

    def client(self, version):
        options = types.HttpOptions(base_url=ADDRESS, api_version=version, timeout=10_000)
        return genai.Client(api_key="none", http_options=options)

    def test_reply(self):
        for version in ("v1", "v1beta"):
            # The client must outlive the call: without a name it closes its connections.
            client = self.client(version)
            reply = client.models.generate_content(
                model="thinking",
                contents="a question",
                config=types.GenerateContentConfig(
                    system_instruction="be brief",
                    temperature=0.5,
                    thinking_config=types.ThinkingConfig(include_thoughts=True),
                ),
            )
            self.assertEqual(reply.text, TEXT)
            self.assertEqual(reply.candidates[0].finish_reason, types.FinishReason.STOP)
            self.assertEqual(reply.usage_metadata.thoughts_token_count, 3)
            self.assertTrue(reply.candidates[0].content.parts[0].thought)

    def test_stream(self):
        client = self.client("v1beta")
        pieces = list(client.models.generate_content_stream(model="ok", contents="a question"))
        self.assertEqual("".join(piece.text or "" for piece in pieces), TEXT)
        self.assertEqual(pieces[-1].candidates[0].finish_reason, types.FinishReason.STOP)

    def test_endings(self):
        client = self.client("v1beta")
        cut = client.models.generate_content(model="maxtok", contents="x")
        self.assertEqual(cut.candidates[0].finish_reason, types.FinishReason.MAX_TOKENS)
        blocked = client.models.generate_content(model="blocked", contents="x")
        self.assertEqual(blocked.candidates[0].finish_reason, types.FinishReason.SAFETY)

    def test_errors(self):
        client = self.client("v1beta")
        for model, kind, code in (
            ("err-429", errors.ClientError, 429),
            ("err-400", errors.ClientError, 400),
            ("err-503", errors.ServerError, 503),
        ):
            with self.assertRaises(kind) as caught:
                client.models.generate_content(model=model, contents="x")
            self.assertEqual(caught.exception.code, code)


class OpenAISDK(unittest.TestCase):
    """openai against chat completions of the stub."""

    def setUp(self):
        self.client = openai.OpenAI(base_url=ADDRESS + "/v1", api_key="none", max_retries=0, timeout=10)
        self.question = [{"role": "user", "content": "a question"}]

    def test_reply(self):
        reply = self.client.chat.completions.create(model="thinking", messages=self.question, temperature=0.5)
        self.assertEqual(reply.choices[0].message.content, TEXT)
        self.assertEqual(reply.choices[0].finish_reason, "stop")
        self.assertEqual(reply.usage.completion_tokens_details.reasoning_tokens, 3)

    def test_stream(self):
        stream = self.client.chat.completions.create(
            model="ok", messages=self.question, stream=True, stream_options={"include_usage": True}
        )
        pieces = list(stream)
        said = "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
        self.assertEqual(said, TEXT)
        self.assertEqual(pieces[-1].usage.prompt_tokens, 2)

    def test_endings(self):
        cut = self.client.chat.completions.create(model="maxtok", messages=self.question)
        self.assertEqual(cut.choices[0].finish_reason, "length")

    def test_errors(self):
        for model, kind in (
            ("err-429", openai.RateLimitError),
            ("err-quota", openai.RateLimitError),
            ("err-400", openai.BadRequestError),
            ("err-401", openai.AuthenticationError),
            ("err-503", openai.InternalServerError),
            ("reset", openai.APIConnectionError),
        ):
            with self.subTest(model), self.assertRaises(kind):
                self.client.chat.completions.create(model=model, messages=self.question)

    def test_models(self):
        self.assertEqual([model.id for model in self.client.models.list()], ["ok"])


if __name__ == "__main__":
    ADDRESS = f"http://127.0.0.1:{sys.argv.pop(1)}"
    unittest.main()
