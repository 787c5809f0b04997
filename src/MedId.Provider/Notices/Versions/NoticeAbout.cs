namespace MedId.Provider;

/// <summary>What a notice says about its recipient beside the name: in which version, what, and what changed since the person last agreed to this recipient.</summary>
/// <param name="Version">The version of <see cref="RecipientNotice"/>.</param>
/// <param name="Statements">What is said.</param>
/// <param name="Changes">What changed since then; empty when nothing did, or the person never agreed before.</param>
public sealed record NoticeAbout(int Version, IReadOnlyList<ShownStatement> Statements, IReadOnlyList<ShownChange> Changes);
