using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>The ids that a platform operator gave to its check; all a service provider has of the certificate.</summary>
/// <param name="Operator">Which operator, as configured.</param>
/// <param name="VerificationId">Its id of the check.</param>
/// <param name="CertificateId">Its id of the certificate, for asking again (現況確認); null where it gives none.</param>
/// <param name="UserId">Its id of the person in this tenant, the same over renewals and for both kinds; null where identification was not asked for.</param>
/// <param name="IsNewUser">Whether the operator met the person for the first time; null where it does not say.</param>
public sealed record PlatformReceipt(string Operator, string VerificationId, string? CertificateId, string? UserId, bool? IsNewUser)
{
    /// <summary>The keyed digest that stands for the person here, or for the certificate where the operator did not identify.</summary>
    /// <param name="keys">The deployment's key.</param>
    public string Key(KeyedDigest keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return UserId is not null ? keys.Compute($"jpki-platform-user/{Operator}", UserId)
            : keys.Compute($"jpki-platform-certificate/{Operator}", CertificateId ?? VerificationId);
    }

    /// <summary>The operator only.</summary>
    public override string ToString() => Operator;
}
