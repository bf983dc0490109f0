package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// endpoint answers by what the request asks for.
func endpoint(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var q struct {
			Status int
			Answer string
		}
		if json.Unmarshal(body, &q) != nil || r.Header.Get("Content-Type") != "application/json" || r.URL.Path != "/vc/credentials/verify" {
			q.Status = http.StatusTeapot
		}
		w.WriteHeader(q.Status)
		io.WriteString(w, q.Answer)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestReplay(t *testing.T) {
	server := endpoint(t)
	for name, c := range map[string]struct {
		status         int
		answer, expect string
		want           string
	}{
		"accepted":                 {200, `{"verified":true}`, "accept", "accept"},
		"accepted without verdict": {200, `{}`, "accept", "accept"},
		"no errors":                {200, `{"errors":[]}`, "accept", "accept"},
		"refused":                  {400, `{"problemDetails":[]}`, "reject", "reject"},
		"refused within 200":       {200, `{"verified":false}`, "reject", "reject"},
		"wrongly accepted":         {200, `{"verified":true}`, "reject", "accept"},
		"wrongly refused":          {422, `{}`, "accept", "reject"},
		"server error":             {500, `{}`, "reject", "error"},
		"moved":                    {302, `{}`, "reject", "error"},
		"no JSON":                  {200, `ok`, "accept", "error"},
		"list":                     {200, `[]`, "accept", "error"},
		"accepted with errors":     {200, `{"errors":["x"]}`, "accept", "error"},
	} {
		body, _ := json.Marshal(map[string]any{"Status": c.status, "Answer": c.answer})
		line, _ := json.Marshal(map[string]any{"id": name, "path": "/credentials/verify", "body": json.RawMessage(body), "expect": c.expect})
		var out, stderr bytes.Buffer
		status := run(context.Background(), []string{"replay", "--all", "--endpoint", server.URL + "/vc/"}, bytes.NewReader(line), &out, &stderr)
		var got replayed
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%s: %v %s", name, err, &stderr)
		}
		want := exitMismatch
		if c.want == c.expect {
			want = exitDone
		}
		if got.Got != c.want || got.ID != name || status != want || got.OK != (c.want == c.expect) {
			t.Errorf("%s: %+v, exit status %d", name, got, status)
		}
	}
}

// TestReplayUnreachable: an endpoint that does not answer refuses nothing.
func TestReplayUnreachable(t *testing.T) {
	server := endpoint(t)
	server.Close()
	line := `{"id":"1","path":"/credentials/verify","body":{},"expect":"reject"}`
	if status := run(context.Background(), []string{"replay", "--endpoint", server.URL}, strings.NewReader(line), io.Discard, io.Discard); status != exitMismatch {
		t.Errorf("exit status %d", status)
	}
}

func TestRecordingMalformed(t *testing.T) {
	server := endpoint(t)
	for name, text := range map[string]string{
		"empty": "\n\n", "no JSON": "x", "unknown member": `{"id":"1","path":"/a","body":{},"expect":"accept","tolerate":true}`,
		"path": `{"id":"1","path":"//evil.example","body":{},"expect":"maybe"}`, "relative": `{"id":"1","path":"a","expect":"accept"}`,
		"two values": `{"path":"/a","expect":"accept"}{"path":"/a","expect":"accept"}`,
	} {
		if status := run(context.Background(), []string{"replay", "--endpoint", server.URL}, strings.NewReader(text), io.Discard, io.Discard); status != exitNoInput {
			t.Errorf("%s: exit status %d", name, status)
		}
	}
}
