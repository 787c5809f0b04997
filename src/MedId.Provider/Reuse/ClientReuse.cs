using MedId.Core;

namespace MedId.Provider;

/// <summary>How often, and how long, one act of consent serves one client.</summary>
/// <param name="Variant">Once, or again without asking. The OP's choice about a client, never that client's own.</param>
/// <param name="Access">How long data may be read after the person agreed. Bounded by the variant: see <see cref="ProviderOptions.LongestSingleAccess"/>, <see cref="ProviderOptions.ReusedTokenLifetime"/>, <see cref="ProviderOptions.LongestAccess"/>.</param>
public sealed record ClientReuse(ConsentReuse Variant, TimeSpan Access);
