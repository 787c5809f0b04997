using System.Text.Json;

namespace MedId.Fido.Uaf;

/// <summary>One entry of a <see cref="DeregistrationRequest"/>. UAF 1.1 protocol §3.6.</summary>
/// <param name="Aaid">The model; null stands for all (UAF 1.1 and later).</param>
/// <param name="KeyId">The key; null stands for all keys of the model (UAF 1.1 and later).</param>
public sealed record DeregisterAuthenticator(Aaid? Aaid, UafKeyId? KeyId)
{
    /// <summary>Every key of every authenticator for the application. UAF 1.1 and later.</summary>
    public static DeregisterAuthenticator Everything { get; } = new(null, null);

    internal static DeregisterAuthenticator Read(JsonElement element, UafJsonProblems problems)
    {
        var members = new UafJsonObject(element, "authenticators", problems);
        var aaidText = members.Text("aaid", 0, Fido.Uaf.Aaid.Length);
        var keyText = members.Text("keyID", 0, UafKeyId.MaximumBytes * 2);
        Aaid? aaid = null;
        UafKeyId? keyId = null;
        if (aaidText.Length > 0)
        {
            aaid = Fido.Uaf.Aaid.TryParse(aaidText, out var model) ? model : Refuse<Aaid>(problems, "aaid");
        }

        if (keyText.Length > 0)
        {
            keyId = UafKeyId.TryParse(keyText, out var key) ? key : Refuse<UafKeyId>(problems, "keyID");
        }

        if (aaid is null && keyId is not null)
        {
            problems.Add("aaid", "must be there where a keyID is");
        }

        return new(aaid, keyId);
    }

    private static T? Refuse<T>(UafJsonProblems problems, string member)
        where T : struct
    {
        problems.Add(member, "has not the form of one");
        return null;
    }
}
