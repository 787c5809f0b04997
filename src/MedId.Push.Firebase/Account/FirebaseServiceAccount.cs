using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Push.Firebase;

/// <summary>The service account that sends for a Firebase project. Its key may live anywhere that <see cref="SigningKey"/> reaches.</summary>
public sealed class FirebaseServiceAccount
{
    /// <summary>Where tokens come from unless the account's file says otherwise.</summary>
    public const string DefaultTokenUri = "https://oauth2.googleapis.com/token";

    private const string Section = "service account file";
    private const int MaxFileBytes = 16 * 1024;

    /// <summary>Names an account.</summary>
    /// <param name="projectId">The Firebase project.</param>
    /// <param name="clientEmail">The account's name.</param>
    /// <param name="key">Its key: RS256, with <c>private_key_id</c> as the key id.</param>
    /// <param name="tokenUri">The token endpoint; null for <see cref="DefaultTokenUri"/>.</param>
    /// <exception cref="ArgumentException">The project id is none, or the key signs with another algorithm than RS256.</exception>
    public FirebaseServiceAccount(string projectId, string clientEmail, SigningKey key, string? tokenUri = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(projectId);
        ArgumentException.ThrowIfNullOrEmpty(clientEmail);
        ArgumentNullException.ThrowIfNull(key);
        if (!IsProjectId(projectId))
        {
            throw new ArgumentException("A project id holds letters, digits and hyphens.", nameof(projectId));
        }

        if (key.Algorithm != SignatureAlgorithm.RS256)
        {
            throw new ArgumentException("Service accounts sign by RS256.", nameof(key));
        }

        (ProjectId, ClientEmail, Key, TokenUri) = (projectId, clientEmail, key, tokenUri ?? DefaultTokenUri);
    }

    /// <summary>The Firebase project.</summary>
    public string ProjectId { get; }

    /// <summary>The account's name, <c>iss</c> of its assertions.</summary>
    public string ClientEmail { get; }

    /// <summary>The account's key.</summary>
    public SigningKey Key { get; }

    /// <summary>The token endpoint, <c>aud</c> of the assertions.</summary>
    public string TokenUri { get; }

    /// <summary>Reads the JSON file that the console gives. Keep it where secrets are kept; the caller clears the bytes.</summary>
    /// <param name="json">The file.</param>
    /// <returns>The account; refused with <see cref="FirebaseErrorCodes.AccountMalformed"/>, which names a member and no value.</returns>
    public static MedIdResult<FirebaseServiceAccount> Parse(ReadOnlyMemory<byte> json)
    {
        var parsed = StrictJson.ParseObject(json, maxBytes: MaxFileBytes);
        if (!parsed.Succeeded)
        {
            return Malformed("not one JSON object");
        }

        var members = new JsonMembers(parsed.Value);
        var type = members.NeededString("type");
        var project = members.NeededString("project_id", maxLength: 128);
        var email = members.NeededString("client_email", maxLength: 320);
        var keyId = members.NeededString("private_key_id", maxLength: 256);
        var pem = members.NeededString("private_key", maxLength: MaxFileBytes);
        var tokenUri = members.String("token_uri");
        if (members.Wrong is { } wrong)
        {
            return Malformed(wrong);
        }

        if (type != "service_account" || !IsProjectId(project))
        {
            return Malformed(type != "service_account" ? "type" : "project_id");
        }

        try
        {
            return new FirebaseServiceAccount(project, email, SigningKeyFile.FromPem(pem, SignatureAlgorithm.RS256, keyId: keyId), tokenUri);
        }
        catch (ArgumentException)
        {
            return Malformed("private_key");
        }
    }

    /// <summary>The project only.</summary>
    public override string ToString() => ProjectId;

    private static bool IsProjectId(string text) => text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ':' or '.');

    private static MedIdError Malformed(string member) => new(FirebaseErrorCodes.AccountMalformed, ErrorCategory.Malformed, Section, member);
}
