namespace MedId.Consent;

/// <summary>One difference between two versions of a notice.</summary>
/// <param name="Field">What differs.</param>
/// <param name="Added">What the later one has and the earlier one has not.</param>
/// <param name="Removed">What the earlier one had.</param>
public sealed record NoticeChange(NoticeField Field, IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    /// <summary>Whether the consent was to something else, so that the person is asked again: controller, recipient, purpose, data, retention, third party, country, rights.</summary>
    public bool IsMaterial => Field <= NoticeField.Rights;
}
