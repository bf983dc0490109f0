package verify

import (
	"time"

	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
)

// Defaults of [Limits].
const (
	DefaultProofs        = 32
	DefaultProofBytes    = 8 << 20
	DefaultStatusEntries = 16
	DefaultAggregated    = 1024
	DefaultSchemas       = 16
	DefaultResources     = 32
	DefaultLookups       = 64
	DefaultStatusBytes   = 8 << 20
	DefaultSchemaBytes   = 1 << 20
	DefaultResourceBytes = 8 << 20
	DefaultDecodedList   = 128 << 20
	DefaultHeldList      = 16 << 20
	DefaultHeldLists     = 256
	DefaultHeldBytes     = 64 << 20
	DefaultListFresh     = 5 * time.Minute
	DefaultNested        = 256
	DefaultNestedDepth   = 8
	DefaultTime          = 60 * time.Second
	DefaultCauses        = 64
	DefaultCauseBytes    = 4 << 20
	DefaultCauseTime     = 250 * time.Millisecond
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
	Proofs        int           // proofs on a credential
	ProofBytes    int           // proofs on a credential times its length in bytes: each is a pass over all of it; of those inside, over all of them
	StatusEntries int           // status entries of a credential
	Aggregated    int           // status lists that an aggregation names
	Schemas       int           // schemas of a credential, and schemas that one of them refers to
	Resources     int           // resources with a digest
	Lookups       int           // documents and keys asked for
	StatusBytes   int           // length of a fetched status list in bytes
	SchemaBytes   int           // length of a schema in bytes
	ResourceBytes int           // length of a related resource, or of a refreshed copy, in bytes
	DecodedList   int           // length of a decompressed status list in bytes
	HeldList      int           // the same for a list that is decompressed into memory; a longer one is read up to its entry each time
	HeldLists     int           // verified status lists that a Verifier keeps
	HeldBytes     int           // bytes of memory that it keeps them in
	ListFresh     time.Duration // how long a status list that was verified is not verified again, and not fetched again where its ttl allows
	Nested        int           // credentials inside a credential that are judged, with those inside them
	NestedDepth   int           // of those, one inside the other
	Time          time.Duration // the whole verification, where the context ends no sooner
	Causes        int           // further attempts to verify, after proofs have failed, in search of the cause
	CauseBytes    int           // lengths of the documents in these attempts, added up, in bytes
	CauseTime     time.Duration // in which such attempts begin; the last one may take longer
}

func (l Limits) orDefault() Limits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.Proofs, DefaultProofs)
	def(&l.ProofBytes, DefaultProofBytes)
	def(&l.StatusEntries, DefaultStatusEntries)
	def(&l.Aggregated, DefaultAggregated)
	def(&l.Schemas, DefaultSchemas)
	def(&l.Resources, DefaultResources)
	def(&l.SchemaBytes, DefaultSchemaBytes)
	def(&l.ResourceBytes, DefaultResourceBytes)
	def(&l.Lookups, DefaultLookups)
	def(&l.StatusBytes, DefaultStatusBytes)
	def(&l.DecodedList, DefaultDecodedList)
	def(&l.HeldList, DefaultHeldList)
	def(&l.HeldLists, DefaultHeldLists)
	def(&l.HeldBytes, DefaultHeldBytes)
	def(&l.Nested, DefaultNested)
	def(&l.NestedDepth, DefaultNestedDepth)
	def(&l.Causes, DefaultCauses)
	def(&l.CauseBytes, DefaultCauseBytes)
	if l.CauseTime <= 0 {
		l.CauseTime = DefaultCauseTime
	}
	if l.ListFresh <= 0 {
		l.ListFresh = DefaultListFresh
	}
	if l.Time <= 0 {
		l.Time = DefaultTime
	}
	return l
}

// list returns the limits of one status list.
func (l Limits) list() statuslist.Limits {
	return statuslist.Limits{Bytes: l.DecodedList, Held: l.HeldList}
}
