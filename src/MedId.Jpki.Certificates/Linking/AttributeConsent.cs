using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>A person's consent to our getting the latest basic four attributes, signed with the signing certificate.</summary>
public sealed class AttributeConsent
{
    private AttributeConsent(string account, string subjectKey, string documentSha256, DateTimeOffset givenAt, DateTimeOffset until)
    {
        Account = account;
        SubjectKey = subjectKey;
        DocumentSha256 = documentSha256;
        GivenAt = givenAt;
        Until = until;
    }

    /// <summary>Whose account.</summary>
    public string Account { get; }

    /// <summary>The key of the certificate that signed it.</summary>
    public string SubjectKey { get; }

    /// <summary>SHA-256 of the consent as it was signed, lower-case hex.</summary>
    public string DocumentSha256 { get; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset GivenAt { get; }

    /// <summary>The first instant at which it holds no more.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Takes a consent from a document that the person signed.</summary>
    /// <param name="account">Our account.</param>
    /// <param name="signed">The accepted document, an application form whose text asks for this consent.</param>
    /// <param name="subjectKey">The key of its certificate.</param>
    /// <param name="until">Its end; after its beginning.</param>
    /// <exception cref="ArgumentException">The end is not after the beginning.</exception>
    public static AttributeConsent From(string account, ApplicationFormEvidence signed, string subjectKey, DateTimeOffset until)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentNullException.ThrowIfNull(signed);
        ArgumentException.ThrowIfNullOrEmpty(subjectKey);
        return until > signed.Identity.At
            ? new(account, subjectKey, signed.DocumentSha256, signed.Identity.At, until)
            : throw new ArgumentException("A consent ends after it began.", nameof(until));
    }

    /// <summary>Restores a consent from our own store, where <see cref="From"/> made it.</summary>
    /// <param name="account">Whose account.</param>
    /// <param name="subjectKey">The key of the certificate that signed it.</param>
    /// <param name="documentSha256">SHA-256 of the consent, lower-case hex.</param>
    /// <param name="givenAt">When it was given.</param>
    /// <param name="until">Its end.</param>
    public static AttributeConsent Restore(string account, string subjectKey, string documentSha256, DateTimeOffset givenAt, DateTimeOffset until) =>
        new(account, subjectKey, documentSha256, givenAt, until);

    /// <summary>Null when the consent holds at a time.</summary>
    internal MedIdError? Refusal(DateTimeOffset at) => at < GivenAt || at >= Until
        ? new(JpkiErrorCodes.ConsentNotInTime, ErrorCategory.State, JpkiSections.LatestAttributes)
        : null;

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(AttributeConsent);
}
