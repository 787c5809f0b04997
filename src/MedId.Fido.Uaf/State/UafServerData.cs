using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>Makes <c>serverData</c> that the client can neither read nor change, and opens it again. UAF 1.1 protocol §3.1.</summary>
/// <remarks>
/// The state is encrypted and bound to the operation and the cipher's tenant. That it is opened proves that this server made it, not that it is answered for the
/// first time: the challenge is still consumed once, by <see cref="UafExpectations.ReplayKey"/>.
/// </remarks>
public sealed class UafServerData
{
    private const int MaximumTextCharacters = 256;

    private readonly FieldCipher _cipher;

    /// <summary>Server data of one tenant.</summary>
    /// <param name="cipher">The tenant's cipher; older keys may be among its previous ones.</param>
    public UafServerData(FieldCipher cipher)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        _cipher = cipher;
    }

    /// <summary>The value for <c>serverData</c>.</summary>
    /// <param name="state">What is to come back.</param>
    /// <returns>Base64url of at most 1536 characters.</returns>
    /// <exception cref="ArgumentException">User or reference have more than 256 characters.</exception>
    public string Protect(UafServerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.User?.Length > MaximumTextCharacters || state.Reference?.Length > MaximumTextCharacters)
        {
            throw new ArgumentException("User and reference have at most 256 characters.", nameof(state));
        }

        var json = UafJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("challenge", state.Challenge);
            writer.WriteNumber("expires", state.ExpiresAt.ToUnixTimeMilliseconds());
            if (state.User is not null)
            {
                writer.WriteString("user", state.User);
            }

            if (state.Reference is not null)
            {
                writer.WriteString("reference", state.Reference);
            }

            writer.WriteEndObject();
        });
        var text = StrictBase64Url.Encode(_cipher.Protect(Purpose(state.Operation), Encoding.UTF8.GetBytes(json)));
        return text.Length <= UafLimits.ServerData ? text : throw new ArgumentException("The state does not fit into server data.", nameof(state));
    }

    /// <summary>Opens what <see cref="Protect"/> made.</summary>
    /// <param name="serverData">The value that came back; null where the client sent none.</param>
    /// <param name="operation">The operation of the response.</param>
    /// <param name="now">The time of the verification.</param>
    /// <returns>The state, or <c>uaf.server_data_invalid</c> or <c>uaf.server_data_expired</c>.</returns>
    public MedIdResult<UafServerState> Open(string? serverData, UafOperation operation, DateTimeOffset now)
    {
        if (serverData is null || serverData.Length > UafLimits.ServerData || !StrictBase64Url.TryDecode(serverData, out var envelope)
            || _cipher.Unprotect(Purpose(operation), envelope) is not { Succeeded: true, Value: { } json }
            || UafJson.TryParse(json) is not { } document)
        {
            return Refuse(UafErrorCodes.ServerDataInvalid, ErrorCategory.Untrusted);
        }

        var members = new UafJsonObject(document, "serverData", new UafJsonProblems());
        var state = new UafServerState
        {
            Operation = operation,
            Challenge = members.Text("challenge", 1, UafLimits.ServerData),
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(document.GetProperty("expires").GetInt64()),
            User = members.OptionalText("user", 0, MaximumTextCharacters),
            Reference = members.OptionalText("reference", 0, MaximumTextCharacters),
        };
        return now < state.ExpiresAt ? state : Refuse(UafErrorCodes.ServerDataExpired, ErrorCategory.State);
    }

    private static string Purpose(UafOperation operation) => "uaf/server-data/" + UafJson.OperationText(operation);

    private static MedIdError Refuse(string code, ErrorCategory category) => new(code, category, UafSections.Dictionaries);
}
