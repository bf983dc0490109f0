package observe

import (
	"context"
	"net/http"
	"os"
	"slices"
	"strings"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Tracing makes traces of requests. The zero Tracing makes none, and costs nothing.
type Tracing struct{ provider *sdk.TracerProvider }

// NewTracing sends traces to an OTLP endpoint over HTTP, such as "http://localhost:4318". With an empty endpoint it
// does so where the environment names one (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT), and
// makes no traces where it does not.
func NewTracing(ctx context.Context, endpoint string) (*Tracing, error) {
	var options []otlptracehttp.Option
	if endpoint != "" {
		options = append(options, otlptracehttp.WithEndpointURL(endpoint))
	} else if os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") == "" && os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") == "" {
		return &Tracing{}, nil
	}
	exporter, err := otlptracehttp.New(ctx, options...)
	if err != nil {
		return nil, err
	}
	return newTracing(sdk.WithBatcher(scrubber{exporter})), nil
}

func newTracing(o sdk.TracerProviderOption) *Tracing {
	r := resource.NewSchemaless(attribute.String("service.name", "badgeproof"))
	return &Tracing{provider: sdk.NewTracerProvider(o, sdk.WithResource(r))}
}

// Wrap makes a trace of each request to h. Its name is the route.
func (t *Tracing) Wrap(h http.Handler) http.Handler {
	if t.provider == nil {
		return h
	}
	return otelhttp.NewHandler(h, "request",
		otelhttp.WithTracerProvider(t.provider), otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string {
			return strings.TrimSpace(Method(r) + " " + r.Pattern)
		}))
}

// methods are those that have a name of their own in logs and traces.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// Method returns the method of a request, or "other" for any other word, which the client may have made up.
func Method(r *http.Request) string {
	if slices.Contains(methods, r.Method) {
		return r.Method
	}
	return "other"
}

// Close sends what has not been sent yet.
func (t *Tracing) Close(ctx context.Context) error {
	if t.provider == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// kept are the attributes that say nothing about a person or a credential. Others, such as the address of
// the client and the path that was asked for, do not leave the process.
var kept = []attribute.Key{
	"http.request.method", "http.route", "http.response.status_code", "http.request.body.size", "http.response.body.size",
	"network.protocol.name", "network.protocol.version", "url.scheme", "error.type",
}

// scrubber is an exporter that leaves out all other attributes, and what errors and events say.
type scrubber struct{ sdk.SpanExporter }

func (s scrubber) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	out := make([]sdk.ReadOnlySpan, len(spans))
	for i, span := range spans {
		out[i] = scrubbed{span}
	}
	return s.SpanExporter.ExportSpans(ctx, out)
}

type scrubbed struct{ sdk.ReadOnlySpan }

func (s scrubbed) Attributes() []attribute.KeyValue {
	return slices.DeleteFunc(slices.Clone(s.ReadOnlySpan.Attributes()), func(a attribute.KeyValue) bool {
		return !slices.Contains(kept, a.Key)
	})
}

// SpanContext is without what the client had to say of the trace (W3C Trace Context section 3.3), and so is Parent.
func (s scrubbed) SpanContext() trace.SpanContext {
	return s.ReadOnlySpan.SpanContext().WithTraceState(trace.TraceState{})
}

func (s scrubbed) Parent() trace.SpanContext {
	return s.ReadOnlySpan.Parent().WithTraceState(trace.TraceState{})
}

func (s scrubbed) Events() []sdk.Event { return nil }

func (s scrubbed) Links() []sdk.Link { return nil }

func (s scrubbed) Status() sdk.Status {
	status := s.ReadOnlySpan.Status()
	status.Description = ""
	return status
}
