package canon

import (
	"github.com/badgeproof/badgeproof/vc/strict"
)

// enterContext applies the @context of the document or of an object in it, its entries from left to right, and returns the
// table that holds then. Without one, t holds on.
func (c *converter) enterContext(t *table, context strict.Value) (*table, error) {
	if !context.Exists() {
		return t, nil
	}
	if context.Kind() != strict.Array {
		return c.enterOne(t, context, false)
	}
	for item := range context.Elements() {
		var err error
		if t, err = c.enterOne(t, item, true); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// enterOne applies one entry of a @context.
func (c *converter) enterOne(t *table, entry strict.Value, item bool) (*table, error) {
	if c.used++; c.used > c.limits.Contexts {
		return nil, fail(entry, codeContext, "the document has more than %d @context entries", c.limits.Contexts)
	}
	key := namedKey{url: entry.Text(), content: c.ctx.content}
	if entry.Kind() == strict.String {
		if u := t.lookupNamed(key); u != nil {
			return u, c.enter(u, entry)
		}
	}
	if entry.Kind() == strict.Object {
		if c.inlined += len(entry.Raw()); c.inlined > c.limits.ContextBytes {
			return nil, fail(entry, codeContext, "the contexts written out in the document are longer than %d bytes", c.limits.ContextBytes)
		}
	}
	u, fault := c.ctx.context(t, entry, place{source: &c.here, propagate: true, item: item})
	if fault != nil {
		return nil, c.contextError(fault, entry)
	}
	if entry.Kind() == strict.String {
		u = c.p.keepNamed(t, key, u)
	}
	return u, c.enter(u, entry)
}

// enterProperty applies the context of a property to one of its values. A context that redefines the property itself is
// refused: processors disagree about which definition holds for the value.
func (c *converter) enterProperty(t *table, prop *definition, at strict.Value) (*table, error) {
	key := scopedKey{scope: prop.scoped, content: c.ctx.content}
	u := t.lookupScoped(key)
	if u == nil {
		var err error
		if u, err = c.applyScoped(t, key, at); err != nil {
			return nil, err
		}
		if !prop.agrees(u.names.find(prop.name)) {
			return nil, fail(at, codeContext, "the context of the property %s redefines the property itself, which has no agreed meaning", quote(prop.name))
		}
		u = c.p.keepScoped(t, key, u)
	}
	return u, c.enter(u, at)
}

// enterType applies the context of a type.
func (c *converter) enterType(t *table, s *scoped, at strict.Value) (*table, error) {
	key := scopedKey{scope: s, content: c.ctx.content, byType: true}
	u := t.lookupScoped(key)
	if u == nil {
		var err error
		if u, err = c.applyScoped(t, key, at); err != nil {
			return nil, err
		}
		u = c.p.keepScoped(t, key, u)
	}
	return u, c.enter(u, at)
}

// applyScoped applies the context of a term, which no table has kept yet.
func (c *converter) applyScoped(t *table, key scopedKey, at strict.Value) (*table, error) {
	u, fault := c.ctx.scopedContext(t, key.scope, key.byType)
	if fault != nil {
		return nil, c.contextError(fault, at)
	}
	return u, nil
}

// enter notes that a table is in use from here on.
func (c *converter) enter(t *table, at strict.Value) error {
	c.contents = max(c.contents, t.contents)
	if c.ctx.inline {
		if fault := c.ctx.meet(t); fault != nil {
			return c.contextError(fault, at)
		}
	}
	return nil
}
