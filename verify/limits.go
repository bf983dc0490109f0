package verify

import (
	"time"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
)

// Defaults of [Limits].
const (
	defaultProofs        = 32
	defaultProofBytes    = 8 << 20
	defaultStatusEntries = 16
	defaultAggregated    = 1024
	defaultSchemas       = 16
	defaultResources     = 32
	defaultLookups       = 64
	defaultStatusBytes   = 8 << 20
	defaultSchemaBytes   = 1 << 20
	defaultResourceBytes = 8 << 20
	defaultDecodedList   = 128 << 20
	defaultHeldList      = 16 << 20
	defaultHeldLists     = 256
	defaultHeldBytes     = 64 << 20
	defaultListFresh     = 5 * time.Minute
	defaultNested        = 256
	defaultNestedDepth   = 8
	defaultTime          = 60 * time.Second
	defaultCauses        = 64
	defaultCauseBytes    = 4 << 20
	defaultCauseTime     = 250 * time.Millisecond
)

// keptBytes is how much of what was fetched one verification holds at a time. With every lookup for a document
// of the greatest length it would be half a gigabyte otherwise.
const keptBytes = 32 << 20

// Limits of what is told about the credentials inside a credential or a presentation: bytes of all findings, and of
// one of them beside its sentence and its pointer.
const (
	maxTold  = 4 << 20
	toldEach = 128
)

// Limits of the search for causes that no caller changes.
const (
	maxCauseKeys     = 16  // other keys of the issuer that are tried
	maxCauseContexts = 16  // contexts of a document whose list is tried in other forms
	maxOffences      = 8   // members that cannot be signed, and that are taken out together
	maxEnds          = 4   // texts that are tried with white space at their end
	maxSingle        = 4   // strings and numbers that are tried as the other, one by one
	maxNumber        = 64  // bytes of a string that is looked at as a number
	maxTerm          = 200 // bytes of a term that is looked for in contexts
	maxShown         = 200 // bytes of a pointer in a hint
	maxNamedContexts = 2   // contexts that a hint names
	lookBytes        = 2   // bytes of a document that is looked through cost one of CauseBytes
)

// Limits bounds the work of one verification. A field that is zero or negative stands for its
// default. Size and depth of the credential itself are limited where it is parsed.
type Limits struct {
	Proofs        int           // proofs on a credential; 32
	ProofBytes    int           // proofs on a credential times its length in bytes: each is a pass over all of it; of those inside, over all of them; 8 MiB
	StatusEntries int           // status entries of a credential; 16
	Aggregated    int           // status lists that an aggregation names; 1024
	Schemas       int           // schemas of a credential, and schemas that one of them refers to; 16
	Resources     int           // resources with a digest; 32
	Lookups       int           // documents and keys asked for; 64
	StatusBytes   int           // length of a fetched status list in bytes; 8 MiB
	SchemaBytes   int           // length of a schema in bytes; 1 MiB
	ResourceBytes int           // length of a related resource, or of a refreshed copy, in bytes; 8 MiB
	DecodedList   int           // length of a decompressed status list in bytes; 128 MiB
	HeldList      int           // the same for a list that is decompressed into memory; a longer one is read up to its entry each time; 16 MiB
	HeldLists     int           // verified status lists that a Verifier keeps; 256
	HeldBytes     int           // bytes of memory that it keeps them in; 64 MiB
	ListFresh     time.Duration // how long a status list that was verified is not verified again, and not fetched again where its ttl allows; 5 minutes
	Nested        int           // credentials inside a credential that are judged, with those inside them; 256
	NestedDepth   int           // of those, one inside the other; 8
	Time          time.Duration // the whole verification, where the context ends no sooner; 60 s
	Causes        int           // further attempts to verify, after proofs have failed, in search of the cause; 64
	CauseBytes    int           // lengths of the documents in these attempts, added up, in bytes; 4 MiB
	CauseTime     time.Duration // in which such attempts begin; the last one may take longer; 250 ms
	Canon         canon.Limits  // of each canonicalization: statements, hashes, contexts; its own defaults
}

func (l Limits) orDefault() Limits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.Proofs, defaultProofs)
	def(&l.ProofBytes, defaultProofBytes)
	def(&l.StatusEntries, defaultStatusEntries)
	def(&l.Aggregated, defaultAggregated)
	def(&l.Schemas, defaultSchemas)
	def(&l.Resources, defaultResources)
	def(&l.SchemaBytes, defaultSchemaBytes)
	def(&l.ResourceBytes, defaultResourceBytes)
	def(&l.Lookups, defaultLookups)
	def(&l.StatusBytes, defaultStatusBytes)
	def(&l.DecodedList, defaultDecodedList)
	def(&l.HeldList, defaultHeldList)
	def(&l.HeldLists, defaultHeldLists)
	def(&l.HeldBytes, defaultHeldBytes)
	def(&l.Nested, defaultNested)
	def(&l.NestedDepth, defaultNestedDepth)
	def(&l.Causes, defaultCauses)
	def(&l.CauseBytes, defaultCauseBytes)
	if l.CauseTime <= 0 {
		l.CauseTime = defaultCauseTime
	}
	if l.ListFresh <= 0 {
		l.ListFresh = defaultListFresh
	}
	if l.Time <= 0 {
		l.Time = defaultTime
	}
	return l
}

// list returns the limits of one status list.
func (l Limits) list() statuslist.Limits {
	return statuslist.Limits{Bytes: l.DecodedList, Held: l.HeldList}
}
