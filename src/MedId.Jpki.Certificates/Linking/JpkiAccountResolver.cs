using MedId.Core;
using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>Finds the account of a person whose certificates come and go: a move of house ends the certificate, not the account (mission row E11).</summary>
/// <remarks>
/// An account keeps the keyed digests of every certificate that it was known by. A certificate that is not among them is looked up in the linking information, and the digests
/// of what is linked are compared; serial numbers are never kept. Two accounts behind one person are refused, not merged. A name is no link, nor are equal attributes.
/// </remarks>
public sealed class JpkiAccountResolver
{
    private readonly KeyedDigest _keys;
    private readonly IJpkiCertificateLinks? _links;

    /// <summary>A resolver.</summary>
    /// <param name="keys">The deployment's key for subject keys.</param>
    /// <param name="links">The linking information; null where a platform operator identifies the person.</param>
    public JpkiAccountResolver(KeyedDigest keys, IJpkiCertificateLinks? links = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
        _links = links;
    }

    /// <summary>Finds the account.</summary>
    /// <param name="evidence">The accepted certificate.</param>
    /// <param name="find">Looks an account up by a subject key; null when nobody is known by it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The account or that there is none; <c>jpki.link_unavailable</c> when it cannot be said, <c>jpki.link_conflict</c> when two accounts are linked.</returns>
    public async Task<MedIdResult<JpkiAccountResolution>> ResolveAsync(
        JpkiEvidence evidence, Func<string, CancellationToken, Task<string?>> find, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(find);
        var key = evidence.SubjectKey(_keys);
        if (await find(key, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return new JpkiAccountResolution(JpkiAccountMatch.Known, known, key);
        }

        // A platform operator's user id is one for all certificates of the person; who is not known by it is new. Without identification nothing can be said.
        if (evidence.Platform is { } receipt)
        {
            return receipt.UserId is null ? Unavailable("the platform operator did not identify the person") : new JpkiAccountResolution(JpkiAccountMatch.Unknown, null, key);
        }

        if (_links is null)
        {
            return Unavailable("no linking information is configured");
        }

        var linked = await _links.FindAsync(evidence.Reference!, cancellationToken).ConfigureAwait(false);
        if (!linked.Succeeded)
        {
            return linked.Error;
        }

        string? account = null;
        foreach (var reference in linked.Value.Where(r => r.Hierarchy == evidence.Hierarchy))
        {
            var found = await find(reference.Key(_keys), cancellationToken).ConfigureAwait(false);
            if (found is not null && account is not null && !string.Equals(found, account, StringComparison.Ordinal))
            {
                return new MedIdError(JpkiErrorCodes.LinkConflict, ErrorCategory.State, JpkiSections.Linking);
            }

            account ??= found;
        }

        return new JpkiAccountResolution(account is null ? JpkiAccountMatch.Unknown : JpkiAccountMatch.Linked, account, key);
    }

    private static MedIdError Unavailable(string detail) => new(JpkiErrorCodes.LinkUnavailable, ErrorCategory.State, JpkiSections.Linking, detail);
}
