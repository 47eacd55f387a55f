"""model.py: plays the model for a client, on the loopback, in the wire formats of Anthropic, of OpenAI
(chat and responses), of Gemini and of Augment. It keeps every request, answers "ok", and where it was given calls
to make, makes one per turn, as soon as the tool is offered.

By hand: model.py PORT DIR ['{"name": tool, "args": {...}}'...] writes the requests to DIR."""

import gzip
import http.server
import json
import pathlib
import re
import sys
import threading

USAGE = {"input_tokens": 1, "output_tokens": 1}
CHAT_USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def strings(value):
    """All texts in a JSON value; a text that is JSON itself is taken apart, too."""
    if isinstance(value, str):
        yield value
        if value[:1] in "[{":
            try:
                yield from strings(json.loads(value))
            except ValueError:
                pass
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)
    elif isinstance(value, dict):
        for v in value.values():
            yield from strings(v)


def tools_of(body):
    """name -> declaration of the tools that a request offers"""
    offered = list(body.get("tools") or []) + list(body.get("tool_definitions") or [])
    for item in body.get("input") or []:  # the responses API, Codex
        if isinstance(item, dict) and item.get("type") == "additional_tools":
            offered += item["tools"]
    found = {}
    for t in offered:
        for d in t.get("functionDeclarations") or t.get("function_declarations") or [t.get("function") or t]:
            found[d.get("name") or d.get("type")] = d
        for d in t.get("tools") or []:  # a namespace of the responses API
            found[d.get("name")] = d
    return found


class Call:
    """A tool call: `custom` is the input of a tool that takes a text. `before` is set to the request that
    it answers, `after` to the next one, which has the result."""

    def __init__(self, name, args=None, custom=None, key=None):
        self.name, self.args, self.custom, self.key = name, args, custom, key
        self.before = self.after = None

    def result(self):
        """The texts that came with the result: what the next request has and this one had not."""
        if self.after is None:
            return ""
        old = set(strings(self.before["body"]))
        return "\n".join(s for s in strings(self.after["body"]) if s not in old)


def anthropic(body, call):
    block = {"type": "text", "text": "ok"}
    delta = {"type": "text_delta", "text": "ok"}
    start = {"type": "text", "text": ""}
    if call:
        block = {"type": "tool_use", "id": f"toolu_{id(call)}", "name": call.name, "input": call.args}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(call.args)}
        start = dict(block, input={})
    stop = "tool_use" if call else "end_turn"
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": body.get("model", "m"), "usage": USAGE}
    message.update(content=[block], stop_reason=stop, stop_sequence=None)
    if not body.get("stream"):
        return message
    events = [
        {"type": "message_start", "message": dict(message, content=[], stop_reason=None)},
        {"type": "content_block_start", "index": 0, "content_block": start},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    ]
    return [(e["type"], e) for e in events]


def chat(body, call):
    message = {"role": "assistant", "content": "ok"}
    if call:
        f = {"name": call.name, "arguments": json.dumps(call.args)}
        message = {"role": "assistant", "content": None}
        message["tool_calls"] = [{"index": 0, "id": f"call_{id(call)}", "type": "function", "function": f}]
    reason = "tool_calls" if call else "stop"
    base = {"id": "c1", "created": 1, "model": body.get("model", "m")}
    if not body.get("stream"):
        choice = {"index": 0, "message": message, "finish_reason": reason}
        return dict(base, object="chat.completion", choices=[choice], usage=CHAT_USAGE)
    base["object"] = "chat.completion.chunk"
    return [
        (None, dict(base, choices=[{"index": 0, "delta": message, "finish_reason": None}])),
        (None, dict(base, choices=[{"index": 0, "delta": {}, "finish_reason": reason}])),
        (None, dict(base, choices=[], usage=CHAT_USAGE)),
        (None, "[DONE]"),
    ]


def responses(body, call):
    ids = {"call_id": f"call_{id(call)}", "status": "completed"}
    if call and call.custom is not None:
        item = dict(ids, type="custom_tool_call", id="ctc_1", name=call.name, input=call.custom)
    elif call:
        item = dict(ids, type="function_call", id="fc_1", name=call.name, arguments=json.dumps(call.args))
    else:
        text = {"type": "output_text", "text": "ok", "annotations": []}
        item = {"type": "message", "id": "m1", "role": "assistant", "status": "completed", "content": [text]}
    usage = dict(USAGE, total_tokens=2, input_tokens_details={"cached_tokens": 0})
    usage["output_tokens_details"] = {"reasoning_tokens": 0}
    answer = {"id": "resp_1", "object": "response", "created_at": 1, "model": body.get("model", "m")}
    answer.update(status="completed", output=[item], usage=usage)
    if not body.get("stream"):
        return answer
    begun = dict(answer, status="in_progress", output=[])
    events = [{"type": "response.created", "response": begun}]
    if call is None:
        events.append({"type": "response.output_item.added", "output_index": 0, "item": dict(item, content=[])})
        at = {"output_index": 0, "content_index": 0, "item_id": "m1"}
        events.append(dict(at, type="response.output_text.delta", delta="ok"))
    elif call.custom is None:
        events.append({"type": "response.output_item.added", "output_index": 0, "item": dict(item, arguments="")})
        at = {"output_index": 0, "item_id": "fc_1"}
        events.append(dict(at, type="response.function_call_arguments.delta", delta=item["arguments"]))
        events.append(dict(at, type="response.function_call_arguments.done", arguments=item["arguments"]))
    events.append({"type": "response.output_item.done", "output_index": 0, "item": item})
    events.append({"type": "response.completed", "response": answer})
    for n, e in enumerate(events):
        e["sequence_number"] = n
    return [(e["type"], e) for e in events]


def gemini(body, call):
    part = {"functionCall": {"name": call.name, "args": call.args}} if call else {"text": "ok"}
    candidate = {"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}
    usage = {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2}
    answer = {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "mock"}
    return [(None, answer)] if body.get("stream") else answer


def augment(body, call):
    node = {"id": 1, "type": 0, "content": "ok"}
    if call:
        use = {"tool_use_id": f"call_{id(call)}", "tool_name": call.name, "input_json": json.dumps(call.args)}
        node = {"id": 1, "type": 5, "content": "", "tool_use": use}
    answer = {"text": "" if call else "ok", "nodes": [node], "stop_reason": 3 if call else 1}
    answer.update(unknown_blob_names=[], checkpoint_not_found=False, workspace_file_chunks=[])
    return answer


AUGMENT_MODEL = dict.fromkeys(
    ("suggested_prefix_char_count", "suggested_suffix_char_count", "completion_timeout_ms"), 1000
)


def protocol(path):
    """The function that answers, or a value that is the answer."""
    if "count_tokens" in path:
        return {"input_tokens": 10}
    if "countTokens" in path:
        return {"totalTokens": 1}
    if "get-models" in path:
        model = dict(AUGMENT_MODEL, name="m", internal_name="m")
        user = {"id": "u", "email": "a@example.com", "tenant_id": "t", "tenant_name": "t"}
        return {"default_model": "m", "models": [model], "feature_flags": {}, "languages": [], "user": user}
    for pattern, f in FORMATS.items():
        if pattern in path:
            return f
    if "/models" in path:
        return {"object": "list", "data": [{"id": "mock", "object": "model"}], "models": []}
    return {}


FORMATS = {
    "/messages": anthropic,
    "chat/completions": chat,
    "/responses": responses,
    "enerateContent": gemini,
    "/chat-stream": augment,
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self):
        self.send(b"{}" if callable(protocol(self.path)) else json.dumps(protocol(self.path)).encode())

    def do_POST(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            data = b""
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Content-Encoding") == "gzip":
            data = gzip.decompress(data)
        try:
            body = json.loads(data)
        except ValueError:
            body = {}
        if not isinstance(body, dict):
            body = {"value": body}
        answer = self.server.model.answer(self.path, body)
        if not isinstance(answer, list):
            self.send(json.dumps(answer).encode() + b"\n")
            return
        lines = []
        for event, value in answer:
            text = value if isinstance(value, str) else json.dumps(value)
            lines.append((f"event: {event}\n" if event else "") + f"data: {text}\n\n")
        self.send("".join(lines).encode(), "text/event-stream")

    def send(self, data, kind="application/json"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


class Model:
    """with Model(calls) as m: … m.url, m.requests."""

    def __init__(self, calls=(), port=0):
        self.calls, self.requests, self.pending = list(calls), [], None
        self.lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.server.model = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def turn(self, request):
        """The call to make in answer to a request, or None."""
        offered = request["tools"]
        if self.pending and self.pending.name in offered:
            self.pending.after, self.pending = request, None
        if self.calls and self.pending is None and self.calls[0].name in offered:
            self.pending = self.calls.pop(0)
            self.pending.before = request
            return self.pending
        return None

    def answer(self, path, body):
        with self.lock:
            request = {"path": path, "body": body, "tools": tools_of(body)}
            self.requests.append(request)
            f = protocol(path)
            if not callable(f):
                return f
            if f is gemini:
                body["stream"] = "stream" in path
            return f(body, self.turn(request))

    def main(self):
        """The first request with the most tools: the one of the session, not of a title or a summary."""
        talks = [r for r in self.requests if r["tools"]] or self.requests
        return max(talks, key=lambda r: len(r["tools"]), default={"path": "", "body": {}, "tools": {}})


def main():
    port, where, *calls = sys.argv[1:]
    made = [Call(c["name"], c.get("args"), c.get("custom")) for c in map(json.loads, calls)]
    out = pathlib.Path(where)
    out.mkdir(parents=True, exist_ok=True)
    with Model(made, int(port)) as m:
        print(m.url, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            for n, r in enumerate(m.requests):
                name = re.sub(r"\W+", "-", r["path"])[:40]
                (out / f"{n:03}{name}.json").write_text(json.dumps(r, indent=1))


if __name__ == "__main__":
    main()
