package verify

import "slices"

// What is found in a credential is bounded for each of them. A document of a few megabytes can hold hundreds, each with
// a thousand breaches at pointers of a kilobyte, so that what is told about those inside is bounded over all of them.

// shorten leaves out findings once there are more than a report has room for. What decided a check is always told.
func (t *trace) shorten(results []Result) {
	for i := range results {
		r := &results[i]
		t.shorten(r.Parts)
		problems, warnings := t.fitting(r.Problems), t.fitting(r.Warnings)
		if len(problems) == len(r.Problems) && len(warnings) == len(r.Warnings) {
			continue
		}
		if decided := slices.IndexFunc(r.Problems, func(p Problem) bool { return p.Code == r.Reason }); decided >= len(problems) {
			problems = append(problems, r.Problems[decided])
		}
		r.Problems, r.Warnings = problems, warnings
		r.Hints = append(r.Hints, "More was found than is told here. Judge the credential on its own to see all of it.")
	}
}

// fitting returns the first of the findings for which there is room, in memory of their own where that is not all.
func (t *trace) fitting(all []Problem) []Problem {
	for i, p := range all {
		if t.told += toldEach + len(p.Detail) + len(p.Pointer); t.told > maxTold {
			return slices.Clone(all[:i])
		}
	}
	return all
}
