package verify

import "time"

// freshness is what a [Fetcher] or a [KeySource] may have beside its methods: until when a document
// that it brought needs not be fetched again, and the zero time where it does not know.
type freshness interface {
	FreshUntil(url string) time.Time
}

// annotate completes a report with what it rests on in time: when the verdict could change, and until
// when each document is fresh. What the issuer of a status list asks for goes before what its host says.
func (r *run) annotate(report *Report) {
	report.NextChange = r.window.until.UTC()
	for i := range report.Sources {
		s := &report.Sources[i]
		until := r.fresh[s.URL]
		for _, f := range [...]any{r.v.status, r.v.schemas, r.v.resources, r.v.keys} {
			if known, ok := f.(freshness); ok && until.IsZero() {
				until = known.FreshUntil(s.URL)
			}
		}
		s.FreshUntil = until.UTC()
		s.Aggregation = r.aggregators[s.URL]
	}
}
