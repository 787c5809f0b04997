using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>The request that a statement of presence has to be about.</summary>
public sealed record FaceToFaceBinding
{
    /// <summary>The authenticated client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The issuer identifier of this OP.</summary>
    public required string Audience { get; init; }

    /// <summary>The hint of the request, as it was sent; personal.</summary>
    public required string Hint { get; init; }

    /// <summary>The doctor OP of the request's evidence.</summary>
    public required string PractitionerIssuer { get; init; }

    /// <summary>The doctor there.</summary>
    public required string Practitioner { get; init; }

    /// <summary>The doctor's institution, where the person is.</summary>
    public required string Institution { get; init; }

    /// <summary>The resource asked for.</summary>
    public required string Resource { get; init; }

    /// <summary>How a statement names the hint: base64url of its SHA-256 (UTF-8).</summary>
    /// <param name="hint">The hint as it is sent.</param>
    public static string HintDigest(string hint)
    {
        ArgumentNullException.ThrowIfNull(hint);
        return StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(hint)));
    }

    /// <summary>The client.</summary>
    public override string ToString() => ClientId;
}
