package verify

// schema and resources are checks that this library cannot make yet. They say so: a credential that
// asks for one of them is undecided, and never passed.

func (r *run) schema() Result {
	return r.unchecked(checkSchema, "schema.unchecked", "the credential names a schema, and this version checks none")
}

func (r *run) resources() Result {
	return r.unchecked(checkResources, "resource.unchecked", "the credential names related resources, and this version does not compare their digests")
}

func (r *run) unchecked(check, code, detail string) Result {
	l, property := r.levelOf(check)
	v := r.c.Value().Get(property)
	switch {
	case l == Off:
		return skipped(check, reasonOff)
	case !v.Exists() && l != Required:
		return skipped(check, reasonAbsent)
	}
	return level(l, Findings(check, problem(code, r.member(property), detail)))
}
