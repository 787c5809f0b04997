using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>
/// Reads the JSON of a PublicKeyCredential of either ceremony (WebAuthn L3 §5.1) in one pass over the bytes: known members by their types, unknown ones passed over,
/// no member twice. What it keeps is copied, so the bytes may be a rented buffer.
/// </summary>
internal struct CredentialJson
{
    private const string Section = "WebAuthn L3 §5.1";
    private const int UserHandleBytes = UserEntity.MaximumIdBytes;

    private Members _seen;
    private MedIdError? _error;

    [Flags]
    private enum Members
    {
        None = 0,
        Id = 1,
        RawId = 2,
        Type = 4,
        Response = 8,
        Extensions = 16,
        Attachment = 32,
        ClientData = 64,
        AttestationObject = 128,
        AuthenticatorData = 256,
        Signature = 512,
        UserHandle = 1024,
        Transports = 2048,
    }

    public byte[]? Id { get; private set; }

    public byte[]? RawId { get; private set; }

    public byte[]? ClientData { get; private set; }

    public byte[]? AttestationObject { get; private set; }

    public byte[]? AuthenticatorData { get; private set; }

    public byte[]? Signature { get; private set; }

    public byte[]? UserHandle { get; private set; }

    public byte[]? Extensions { get; private set; }

    public string? Attachment { get; private set; }

    public IReadOnlyList<string> Transports { get; private set; }

    /// <summary>Reads a response; the refusal, or null.</summary>
    public static MedIdError? Read(ReadOnlySpan<byte> utf8, bool isRegistration, out CredentialJson json)
    {
        json = new() { Transports = [] };
        if (utf8.Length > ResponseLimits.JsonBytes || !Utf8.IsValid(utf8))
        {
            return Malformed("too long, or not UTF-8");
        }

        // A client writes no escapes here. Where there are some, the text is judged as a whole first: half a character in an escape is an error.
        if (utf8.Contains((byte)'\\') && !StrictJson.Parse(utf8.ToArray(), ResponseLimits.JsonDepth, ResponseLimits.JsonBytes).Succeeded)
        {
            return Malformed("not one JSON text, or a member twice");
        }

        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ResponseLimits.JsonDepth });
            json.ReadCredential(ref reader, utf8, isRegistration);
            if (json._error is null && reader.Read())
            {
                return Malformed("more than one JSON text");
            }
        }
        catch (JsonException)
        {
            return Malformed("not one JSON text");
        }

        return json._error ?? json.Judge(isRegistration);
    }

    private readonly MedIdError? Judge(bool isRegistration)
    {
        var needed = Members.Id | Members.RawId | Members.Type | Members.Response | Members.ClientData
            | (isRegistration ? Members.AttestationObject : Members.AuthenticatorData | Members.Signature);
        return (_seen & needed) != needed ? Malformed($"missing: {needed & ~_seen}")
            : !Id.AsSpan().SequenceEqual(RawId) ? new(Fido2ErrorCodes.CredentialIdMismatch, ErrorCategory.Protocol, Section, "id is not rawId")
            : null;
    }

    private void ReadCredential(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, bool isRegistration)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            _error = Malformed("not an object");
            return;
        }

        HashSet<string>? others = null;
        while (_error is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                Id = Bytes(ref reader, Members.Id, 1);
            }
            else if (reader.ValueTextEquals("rawId"u8))
            {
                RawId = Bytes(ref reader, Members.RawId, 1);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                ReadType(ref reader);
            }
            else if (reader.ValueTextEquals("response"u8))
            {
                ReadResponse(ref reader, utf8, isRegistration);
            }
            else if (reader.ValueTextEquals("clientExtensionResults"u8))
            {
                ReadExtensions(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("authenticatorAttachment"u8))
            {
                Attachment = Text(ref reader, Members.Attachment);
            }
            else
            {
                Skip(ref reader, utf8, ref others);
            }
        }
    }

    private void ReadResponse(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, bool isRegistration)
    {
        if (!Begin(ref reader, Members.Response, JsonTokenType.StartObject))
        {
            return;
        }

        HashSet<string>? others = null;
        while (_error is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("clientDataJSON"u8))
            {
                ClientData = Bytes(ref reader, Members.ClientData, 1);
            }
            else if (isRegistration && reader.ValueTextEquals("attestationObject"u8))
            {
                AttestationObject = Bytes(ref reader, Members.AttestationObject, 1);
            }
            else if (isRegistration && reader.ValueTextEquals("transports"u8))
            {
                ReadTransports(ref reader);
            }
            else if (!isRegistration && reader.ValueTextEquals("authenticatorData"u8))
            {
                AuthenticatorData = Bytes(ref reader, Members.AuthenticatorData, 1);
            }
            else if (!isRegistration && reader.ValueTextEquals("signature"u8))
            {
                Signature = Bytes(ref reader, Members.Signature, 0);
            }
            else if (!isRegistration && reader.ValueTextEquals("userHandle"u8))
            {
                ReadUserHandle(ref reader);
            }
            else
            {
                // What else L3 puts here (publicKey, authenticatorData of a registration …) repeats the attestation object, which alone counts.
                Skip(ref reader, utf8, ref others);
            }
        }
    }

    private void ReadType(ref Utf8JsonReader reader)
    {
        if (Begin(ref reader, Members.Type, JsonTokenType.String) && !reader.ValueTextEquals("public-key"u8))
        {
            _error = new(Fido2ErrorCodes.CredentialType, ErrorCategory.Protocol, Section);
        }
    }

    private void ReadUserHandle(ref Utf8JsonReader reader)
    {
        UserHandle = Bytes(ref reader, Members.UserHandle, 0, isOptional: true);
        if (_error is null && UserHandle is { Length: 0 or > UserHandleBytes })
        {
            _error = new(Fido2ErrorCodes.UserHandleMalformed, ErrorCategory.Malformed, "WebAuthn L3 §5.4.3", "a user handle has 1 to 64 bytes");
        }
    }

    private void ReadTransports(ref Utf8JsonReader reader)
    {
        if (!Begin(ref reader, Members.Transports, JsonTokenType.StartArray, isOptional: true) || reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var transports = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String && transports.Count < ResponseLimits.ShortTexts && reader.ValueSpan.Length <= ResponseLimits.ShortText)
        {
            transports.Add(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.EndArray)
        {
            _error = Malformed("transports");
        }

        Transports = transports;
    }

    private void ReadExtensions(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        if (!Begin(ref reader, Members.Extensions, JsonTokenType.StartObject, isOptional: true) || reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var value = utf8[start..(int)reader.BytesConsumed];
        if (!value.SequenceEqual("{}"u8))
        {
            Extensions = value.ToArray();
            _error = Judge(Extensions);
        }
    }

    private string? Text(ref Utf8JsonReader reader, Members member)
    {
        if (!Begin(ref reader, member, JsonTokenType.String, isOptional: true) || reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.ValueSpan.Length > ResponseLimits.ShortText)
        {
            _error = Malformed($"{member} is too long");
            return null;
        }

        return reader.ValueTextEquals("platform"u8) ? "platform"
            : reader.ValueTextEquals("cross-platform"u8) ? "cross-platform"
            : reader.GetString();
    }

    private byte[]? Bytes(ref Utf8JsonReader reader, Members member, int minimum, bool isOptional = false)
    {
        if (!Begin(ref reader, member, JsonTokenType.String, isOptional) || reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        byte[]? bytes;
        if (reader.ValueIsEscaped)
        {
            StrictBase64Url.TryDecode(reader.GetString(), out bytes);
        }
        else
        {
            StrictBase64Url.TryDecode(reader.ValueSpan, out bytes);
        }

        if (bytes is null || bytes.Length < minimum)
        {
            _error = Malformed($"{member} is not base64url without padding, or is empty");
        }

        return bytes;
    }

    /// <summary>Steps to a member's value; false when it is there twice or of another type.</summary>
    private bool Begin(ref Utf8JsonReader reader, Members member, JsonTokenType type, bool isOptional = false)
    {
        if ((_seen & member) != 0)
        {
            _error = Malformed($"{member} is there twice");
            return false;
        }

        _seen |= member;
        if (reader.Read() && (reader.TokenType == type || (isOptional && reader.TokenType == JsonTokenType.Null)))
        {
            return true;
        }

        _error = Malformed($"{member} is of another type");
        return false;
    }

    private void Skip(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref HashSet<string>? others)
    {
        others ??= new(StringComparer.Ordinal);
        if (!others.Add(reader.GetString()!))
        {
            _error = Malformed("a member is there twice");
            return;
        }

        reader.Read();
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            _error = Judge(utf8[start..(int)reader.BytesConsumed].ToArray());
        }
    }

    /// <summary>Inside a value too no member may be there twice.</summary>
    private static MedIdError? Judge(byte[] value) =>
        StrictJson.Parse(value, ResponseLimits.JsonDepth, ResponseLimits.JsonBytes).Succeeded ? null : Malformed("a member is there twice");

    private static MedIdError Malformed(string detail) => new(Fido2ErrorCodes.ResponseMalformed, ErrorCategory.Malformed, Section, detail);
}
