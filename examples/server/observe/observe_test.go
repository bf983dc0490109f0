package observe

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/badgeproof/badgeproof/examples/server/admit"
	"github.com/badgeproof/badgeproof/verify"
)

func exposition(t *testing.T, m *Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestMetrics(t *testing.T) {
	m := NewMetrics(func() admit.State { return admit.State{InFlight: 1, Computing: 2, Waiting: 3, Bytes: 4} })
	problems := []verify.Problem{{Code: "status.revoked"}, {Code: "status.revoked"}, {Code: "proof.signature"}}
	m.Verdict("default", false, &verify.Report{Format: "jwt", Verdict: verify.Invalid, Checks: []verify.Result{{Problems: problems}}}, time.Second)
	m.Verdict("conformance", true, &verify.Report{}, time.Second)
	m.Request("/verify", "200", time.Millisecond)
	m.Fetch("ok", true, time.Millisecond)
	m.Fetch("time", false, time.Second)
	m.Refused("busy")
	m.Relayed("ok")
	m.Panicked()
	text := exposition(t, m)
	for _, line := range []string{
		`badgeproof_verdicts_total{format="jwt",policy="default",verdict="invalid"} 1`,
		`badgeproof_verdicts_total{format="none",policy="conformance",verdict="indeterminate"} 1`,
		`badgeproof_problems_total{code="status.revoked"} 1`, `badgeproof_problems_total{code="proof.signature"} 1`,
		`badgeproof_waived_verdicts_total{policy="conformance"} 1`,
		`badgeproof_http_requests_total{route="/verify",status="200"} 1`, `badgeproof_http_requests_refused_total{reason="busy"} 1`,
		`badgeproof_cache_lookups_total{result="hit"} 1`, `badgeproof_cache_lookups_total{result="miss"} 1`,
		`badgeproof_fetches_total{result="time"} 1`, `badgeproof_fetch_duration_seconds_count 1`, `badgeproof_panics_total 1`,
		`badgeproof_relayed_documents_total{result="ok"} 1`,
		`badgeproof_requests_in_flight 1`, `badgeproof_requests_computing 2`, `badgeproof_requests_waiting 3`, `badgeproof_request_bytes 4`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no %s", line)
		}
	}
	if strings.Contains(text, `badgeproof_waived_verdicts_total{policy="default"}`) {
		t.Error("a verdict by the default policy counts as waived")
	}
}

func TestCodes(t *testing.T) {
	r := &verify.Report{Checks: []verify.Result{{Problems: []verify.Problem{{Code: "b"}, {Code: "a"}}}, {Problems: []verify.Problem{{Code: "b"}}, Warnings: []verify.Problem{{Code: "c"}}}}}
	if got := Codes(r); !slices.Equal(got, []string{"b", "a"}) {
		t.Error(got)
	}
}

// TestTraces: what leaves the process are routes and statuses, whatever a request held.
func TestTraces(t *testing.T) {
	exporter := tracetest.NewInMemoryExporter()
	var sent []sdk.ReadOnlySpan
	tracing := newTracing(sdk.WithSyncer(scrubber{tap{exporter, &sent}}))
	mux := http.NewServeMux()
	mux.HandleFunc("/verify", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) })
	h := tracing.Wrap(mux)
	r := httptest.NewRequest("GET", "/verify?url=https://ada.example/", nil)
	r.Header.Set("User-Agent", "ada's browser")
	r.Header.Set("X-Forwarded-For", "198.51.100.7")
	h.ServeHTTP(httptest.NewRecorder(), r)
	r = httptest.NewRequest("ADA", "/ada", nil)
	r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	r.Header.Set("Tracestate", "x=ada")
	h.ServeHTTP(httptest.NewRecorder(), r)
	if len(sent) != 2 || sent[1].Parent().TraceID().String() != "0af7651916cd43dd8448eb211c80319c" {
		t.Fatalf("%d spans", len(sent))
	}
	for _, span := range sent {
		var text bytes.Buffer
		text.WriteString(span.Name() + span.Status().Description + span.SpanContext().TraceState().String() + span.Parent().TraceState().String())
		for _, a := range span.Attributes() {
			text.WriteString(" " + string(a.Key) + "=" + a.Value.String())
		}
		for _, word := range []string{"ada", "198.51", "192.0.2"} {
			if strings.Contains(strings.ToLower(text.String()), word) {
				t.Errorf("%q leaves the process in %s", word, &text)
			}
		}
		if len(span.Events())+len(span.Links()) > 0 {
			t.Error("events leave the process")
		}
	}
	if !slices.Contains(sent[0].Attributes(), attribute.Int("http.response.status_code", http.StatusTeapot)) {
		t.Errorf("the status is lost: %v", sent[0].Attributes())
	}
	if err := tracing.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// tap keeps what an exporter is given.
type tap struct {
	sdk.SpanExporter
	sent *[]sdk.ReadOnlySpan
}

func (t tap) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	*t.sent = append(*t.sent, spans...)
	return t.SpanExporter.ExportSpans(ctx, spans)
}

func TestTracingIsOff(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "")
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "")
	tracing, err := NewTracing(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	inner := http.NewServeMux()
	if tracing.Wrap(inner) != http.Handler(inner) || tracing.Close(t.Context()) != nil {
		t.Error("traces that nobody asked for")
	}
}

// TestTracingIsOn sends a trace to a collector on loopback.
func TestTracingIsOn(t *testing.T) {
	got := make(chan string, 8)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got <- r.URL.Path }))
	defer collector.Close()
	for name, set := range map[string]func() string{
		"flag":        func() string { return collector.URL },
		"environment": func() string { t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL); return "" },
	} {
		tracing, err := NewTracing(t.Context(), set())
		if err != nil {
			t.Fatal(err)
		}
		tracing.Wrap(http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		if err := tracing.Close(t.Context()); err != nil {
			t.Error(name, err)
		}
		select {
		case <-got:
		default:
			t.Errorf("%s: nothing was sent", name)
		}
	}
}

func TestLog(t *testing.T) {
	for _, c := range []struct{ format, level, want string }{{"json", "info", `"msg":"x"`}, {"text", "debug", "msg=x"}, {"text", "error", ""}} {
		var out bytes.Buffer
		l, err := NewLog(&out, c.format, c.level)
		if err != nil {
			t.Fatal(err)
		}
		l.Info("x")
		if !strings.Contains(out.String(), c.want) || c.want == "" && out.Len() > 0 {
			t.Errorf("%v: %s", c, &out)
		}
		if c.format == "json" && !json.Valid(out.Bytes()) {
			t.Error("no JSON")
		}
	}
	for _, c := range [][2]string{{"xml", "info"}, {"json", "loud"}} {
		if _, err := NewLog(nil, c[0], c[1]); err == nil {
			t.Errorf("%v was taken", c)
		}
	}
}
