// Package observe is what an operator sees of the server: metrics, logs and traces. None of them holds anything of
// a credential but its verdict, its format and the codes of what is wrong with it: no identifiers, names, addresses
// or URLs, and no address of a client.
package observe

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/badgeproof/badgeproof/examples/server/admit"
	"github.com/badgeproof/badgeproof/verify"
)

// buckets of durations, in seconds: a verification without a lookup takes less than a millisecond.
var buckets = []float64{.0002, .0005, .001, .002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 60}

// Metrics counts. Make one with [NewMetrics]; it is safe for concurrent use.
type Metrics struct {
	registry      *prometheus.Registry
	requests      *prometheus.CounterVec
	requestTime   *prometheus.HistogramVec
	refused       *prometheus.CounterVec
	verdicts      *prometheus.CounterVec
	problems      *prometheus.CounterVec
	verifyTime    *prometheus.HistogramVec
	fetches       *prometheus.CounterVec
	fetchTime     prometheus.Histogram
	cache         *prometheus.CounterVec
	relayed       *prometheus.CounterVec
	panics        prometheus.Counter
	policyWaivers *prometheus.CounterVec
}

// NewMetrics returns metrics with a registry of their own. state tells what is under way.
func NewMetrics(state func() admit.State) *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "badgeproof", Name: name, Help: help}, labels)
	}
	histogram := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "badgeproof", Name: name, Help: help, Buckets: buckets}, labels)
	}
	m := &Metrics{
		registry:      prometheus.NewRegistry(),
		requests:      counter("http_requests_total", "Requests answered, by route and status.", "route", "status"),
		requestTime:   histogram("http_request_duration_seconds", "Time from header to answer.", "route"),
		refused:       counter("http_requests_refused_total", "Requests turned away before any work, by reason.", "reason"),
		verdicts:      counter("verdicts_total", "Verdicts, by policy and format.", "policy", "format", "verdict"),
		problems:      counter("problems_total", "Problems found, by code; each code once for a report.", "code"),
		verifyTime:    histogram("verification_duration_seconds", "Time of one verification, lookups included.", "verdict"),
		fetches:       counter("fetches_total", "Documents asked for, by result: ok, or the reason of the failure.", "result"),
		fetchTime:     prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "badgeproof", Name: "fetch_duration_seconds", Help: "Time of a lookup that memory did not answer.", Buckets: buckets}),
		cache:         counter("cache_lookups_total", "Lookups, by whether memory answered: hit or miss.", "result"),
		relayed:       counter("relayed_documents_total", "Documents handed to the page for verification in the browser.", "result"),
		panics:        prometheus.NewCounter(prometheus.CounterOpts{Namespace: "badgeproof", Name: "panics_total", Help: "Requests that ended in a panic."}),
		policyWaivers: counter("waived_verdicts_total", "Verdicts under a policy that does not tie the key to the issuer.", "policy"),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, m.requestTime, m.refused, m.verdicts, m.problems, m.verifyTime, m.fetches, m.fetchTime, m.cache, m.relayed, m.panics, m.policyWaivers)
	m.gauges(state)
	return m
}

func (m *Metrics) gauges(state func() admit.State) {
	for _, g := range []struct {
		name, help string
		of         func(admit.State) float64
	}{
		{"requests_in_flight", "Requests under way.", func(s admit.State) float64 { return float64(s.InFlight) }},
		{"requests_computing", "Verifications that compute.", func(s admit.State) float64 { return float64(s.Computing) }},
		{"requests_waiting", "Requests that wait for a host.", func(s admit.State) float64 { return float64(s.Waiting) }},
		{"request_bytes", "Bytes of bodies that requests under way hold.", func(s admit.State) float64 { return float64(s.Bytes) }},
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(
			prometheus.GaugeOpts{Namespace: "badgeproof", Name: g.name, Help: g.help},
			func() float64 { return g.of(state()) }))
	}
}

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Request counts an answer.
func (m *Metrics) Request(route, status string, took time.Duration) {
	m.requests.WithLabelValues(route, status).Inc()
	m.requestTime.WithLabelValues(route).Observe(took.Seconds())
}

// Refused counts a request that was turned away.
func (m *Metrics) Refused(reason string) { m.refused.WithLabelValues(reason).Inc() }

// Panicked counts a panic.
func (m *Metrics) Panicked() { m.panics.Inc() }

// Fetch counts a lookup; it is a lookup.Counter.
func (m *Metrics) Fetch(result string, cached bool, took time.Duration) {
	if cached {
		m.cache.WithLabelValues("hit").Inc()
		return
	}
	m.cache.WithLabelValues("miss").Inc()
	m.fetches.WithLabelValues(result).Inc()
	m.fetchTime.Observe(took.Seconds())
}

// Relayed counts a document that the page asked for.
func (m *Metrics) Relayed(result string) { m.relayed.WithLabelValues(result).Inc() }

// Verdict counts a report, and the codes in it.
func (m *Metrics) Verdict(policy string, waived bool, r *verify.Report, took time.Duration) {
	format := string(r.Format)
	if format == "" {
		format = "none"
	}
	m.verdicts.WithLabelValues(policy, format, r.Verdict.String()).Inc()
	m.verifyTime.WithLabelValues(r.Verdict.String()).Observe(took.Seconds())
	if waived {
		m.policyWaivers.WithLabelValues(policy).Inc()
	}
	for _, code := range Codes(r) {
		m.problems.WithLabelValues(code).Inc()
	}
}

// Codes returns the codes of the problems in a report, each once, in the order of the checks.
func Codes(r *verify.Report) (codes []string) {
	seen := map[string]bool{}
	for _, c := range r.Checks {
		for _, p := range c.Problems {
			if !seen[p.Code] {
				seen[p.Code] = true
				codes = append(codes, p.Code)
			}
		}
	}
	return codes
}
