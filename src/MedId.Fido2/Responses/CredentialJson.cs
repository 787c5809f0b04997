using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>
/// Reads the JSON of a PublicKeyCredential of either ceremony (WebAuthn L3 §5.1) in one pass over the bytes: known members by their types, unknown ones passed over,
/// no member twice. What it keeps is decoded into one array at the end, so the bytes may be a rented buffer.
/// </summary>
internal struct CredentialJson
{
    private const string Section = "WebAuthn L3 §5.1";

    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private CredentialMembers _seen;
    private MedIdError? _error;
    private Place _id;
    private Place _rawId;
    private Place _clientData;
    private Place _attestationObject;
    private Place _authenticatorData;
    private Place _signature;
    private Place _userHandle;

    public ReadOnlyMemory<byte> RawId { get; private set; }

    public ReadOnlyMemory<byte> ClientData { get; private set; }

    public ReadOnlyMemory<byte> AttestationObject { get; private set; }

    public ReadOnlyMemory<byte> AuthenticatorData { get; private set; }

    public ReadOnlyMemory<byte> Signature { get; private set; }

    /// <summary>Never empty: a user handle without bytes is refused, so empty is absent.</summary>
    public ReadOnlyMemory<byte> UserHandle { get; private set; }

    public ReadOnlyMemory<byte> Extensions { get; private set; }

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

        // A client writes no escapes here. Where there are some, the text is judged as a whole and written anew without those that nobody needs.
        if (utf8.Contains((byte)'\\'))
        {
            var parsed = StrictJson.Parse(utf8.ToArray(), ResponseLimits.JsonDepth, ResponseLimits.JsonBytes);
            if (!parsed.Succeeded)
            {
                return Malformed("not one JSON text, or a member twice");
            }

            utf8 = WithoutEscapes(parsed.Value);
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

        return json._error ?? json.Decode(utf8, isRegistration);
    }

    private static ReadOnlySpan<byte> WithoutEscapes(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Unescaped))
        {
            element.WriteTo(writer);
        }

        return buffer.WrittenSpan;
    }

    private MedIdError? Decode(ReadOnlySpan<byte> utf8, bool isRegistration)
    {
        var needed = CredentialMembers.Id | CredentialMembers.RawId | CredentialMembers.Type | CredentialMembers.Response | CredentialMembers.ClientData
            | (isRegistration ? CredentialMembers.AttestationObject : CredentialMembers.AuthenticatorData | CredentialMembers.Signature);
        if ((_seen & needed) != needed)
        {
            return Malformed($"missing: {needed & ~_seen}");
        }

        // One value has one text, so the texts are compared.
        if (!utf8.Slice(_id.Start, _id.Length).SequenceEqual(utf8.Slice(_rawId.Start, _rawId.Length)))
        {
            return new(Fido2ErrorCodes.CredentialIdMismatch, ErrorCategory.Protocol, Section, "id is not rawId");
        }

        var bytes = new byte[_rawId.Decoded + _clientData.Decoded + _attestationObject.Decoded + _authenticatorData.Decoded + _signature.Decoded + _userHandle.Decoded];
        Memory<byte> rest = bytes;
        var isRead = Take(utf8, _rawId, ref rest, out var rawId)
            & Take(utf8, _clientData, ref rest, out var clientData)
            & Take(utf8, _attestationObject, ref rest, out var attestationObject)
            & Take(utf8, _authenticatorData, ref rest, out var authenticatorData)
            & Take(utf8, _signature, ref rest, out var signature)
            & Take(utf8, _userHandle, ref rest, out var userHandle);
        (RawId, ClientData, AttestationObject, AuthenticatorData, Signature, UserHandle) = (rawId, clientData, attestationObject, authenticatorData, signature, userHandle);
        if (!isRead || rawId.IsEmpty)
        {
            return Malformed("a member is not base64url without padding, or is empty");
        }

        return !_userHandle.IsAbsent && userHandle.Length is 0 or > UserEntity.MaximumIdBytes
            ? new(Fido2ErrorCodes.UserHandleMalformed, ErrorCategory.Malformed, "WebAuthn L3 §5.4.3", "a user handle has 1 to 64 bytes")
            : null;
    }

    private static bool Take(ReadOnlySpan<byte> utf8, Place place, ref Memory<byte> rest, out ReadOnlyMemory<byte> value)
    {
        var isRead = StrictBase64Url.TryDecode(utf8.Slice(place.Start, place.Length), rest.Span, out var written);
        value = rest[..written];
        rest = rest[written..];
        return isRead;
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
                _id = Text(ref reader, CredentialMembers.Id);
            }
            else if (reader.ValueTextEquals("rawId"u8))
            {
                _rawId = Text(ref reader, CredentialMembers.RawId);
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
                ReadAttachment(ref reader);
            }
            else
            {
                Skip(ref reader, utf8, ref others);
            }
        }
    }

    private void ReadResponse(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, bool isRegistration)
    {
        if (!Begin(ref reader, CredentialMembers.Response, JsonTokenType.StartObject))
        {
            return;
        }

        HashSet<string>? others = null;
        while (_error is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("clientDataJSON"u8))
            {
                _clientData = Text(ref reader, CredentialMembers.ClientData);
            }
            else if (isRegistration && reader.ValueTextEquals("attestationObject"u8))
            {
                _attestationObject = Text(ref reader, CredentialMembers.AttestationObject);
            }
            else if (isRegistration && reader.ValueTextEquals("transports"u8))
            {
                ReadTransports(ref reader);
            }
            else if (!isRegistration && reader.ValueTextEquals("authenticatorData"u8))
            {
                _authenticatorData = Text(ref reader, CredentialMembers.AuthenticatorData);
            }
            else if (!isRegistration && reader.ValueTextEquals("signature"u8))
            {
                _signature = Text(ref reader, CredentialMembers.Signature);
            }
            else if (!isRegistration && reader.ValueTextEquals("userHandle"u8))
            {
                _userHandle = Text(ref reader, CredentialMembers.UserHandle, isOptional: true);
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
        if (Begin(ref reader, CredentialMembers.Type, JsonTokenType.String) && !reader.ValueTextEquals("public-key"u8))
        {
            _error = new(Fido2ErrorCodes.CredentialType, ErrorCategory.Protocol, Section);
        }
    }

    private void ReadTransports(ref Utf8JsonReader reader)
    {
        if (!Begin(ref reader, CredentialMembers.Transports, JsonTokenType.StartArray, isOptional: true) || reader.TokenType == JsonTokenType.Null)
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

    private void ReadAttachment(ref Utf8JsonReader reader)
    {
        if (!Begin(ref reader, CredentialMembers.Attachment, JsonTokenType.String, isOptional: true) || reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.ValueSpan.Length > ResponseLimits.ShortText)
        {
            _error = Malformed("Attachment is too long");
            return;
        }

        Attachment = reader.ValueTextEquals("platform"u8) ? "platform"
            : reader.ValueTextEquals("cross-platform"u8) ? "cross-platform"
            : reader.GetString();
    }

    private void ReadExtensions(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        if (!Begin(ref reader, CredentialMembers.Extensions, JsonTokenType.StartObject, isOptional: true) || reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var value = utf8[start..(int)reader.BytesConsumed];
        if (!value.SequenceEqual("{}"u8))
        {
            var copy = value.ToArray();
            (Extensions, _error) = (copy, Judge(copy));
        }
    }

    /// <summary>Notes where a text stands that is decoded at the end.</summary>
    private Place Text(ref Utf8JsonReader reader, CredentialMembers member, bool isOptional = false)
    {
        if (!Begin(ref reader, member, JsonTokenType.String, isOptional) || reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.ValueIsEscaped)
        {
            _error = Malformed($"{member} is not base64url");
        }

        // The quotation mark before it is not part of it.
        return new((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
    }

    /// <summary>Steps to a member's value; false when it is there twice or of another type.</summary>
    private bool Begin(ref Utf8JsonReader reader, CredentialMembers member, JsonTokenType type, bool isOptional = false)
    {
        if ((_seen & member) != CredentialMembers.None)
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

    /// <summary>Where a text stands in the bytes.</summary>
    private readonly record struct Place(int Start, int Length)
    {
        public bool IsAbsent => Start == 0;

        public int Decoded => Length * 3 / 4;
    }
}
