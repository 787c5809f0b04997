using MedId.Core;

namespace MedId.Provider;

/// <summary>What introspection and refresh ask of a consent beside whether it stands; kept in clear columns, because no personal content is needed.</summary>
/// <param name="Reuse">How often it serves.</param>
/// <param name="RecipientVersion">The version of what was said about the recipient; null when nothing was.</param>
public sealed record ConsentMark(ConsentReuse Reuse, int? RecipientVersion);
