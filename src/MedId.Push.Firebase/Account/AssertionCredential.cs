using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Push.Firebase;

/// <summary>The service account's assertion as the grant itself (RFC 7523 §2.1): the client authenticates by nothing else.</summary>
internal sealed class AssertionCredential(FirebaseServiceAccount account, TimeProvider time) : IClientCredential
{
    /// <summary>The only scope asked for.</summary>
    public const string Scope = "https://www.googleapis.com/auth/firebase.messaging";

    /// <summary>RFC 7523 §2.1.</summary>
    public const string GrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>The service accepts at most an hour; a shorter one survives clocks that differ, and is used at once.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(50);

    public string ClientId => account.ClientEmail;

    public async ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var assertion = await JwtSigner.SignAsync(
            account.Key,
            "JWT",
            claims =>
            {
                claims.WriteString("iss"u8, account.ClientEmail);
                claims.WriteString("scope"u8, Scope);
                claims.WriteString("aud"u8, account.TokenUri);
                claims.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
                claims.WriteNumber("exp"u8, (now + Lifetime).ToUnixTimeSeconds());
            },
            cancellationToken).ConfigureAwait(false);
        request.Add("grant_type", GrantType).Add("assertion", assertion);
    }
}
