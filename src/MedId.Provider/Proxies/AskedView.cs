using MedId.Core;

namespace MedId.Provider;

/// <summary>A request as one of those who were asked sees it: the person, or a proxy with what the relation covers.</summary>
/// <param name="Context">What is shown and recorded.</param>
/// <param name="Proxy">By what right; null for the person.</param>
internal sealed record AskedView(AccessContext Context, ConsentProxy? Proxy);
