using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Reads clientExtensionResults. An output that has not the form of its extension is put aside: it counts only where the extension was asked.</summary>
internal static class ClientExtensionReader
{
    /// <summary>Reads outputs that were judged to be one JSON object before.</summary>
    /// <param name="json">UTF-8; empty for none.</param>
    /// <param name="isRegistration">Which ceremony: some outputs belong to one only.</param>
    /// <param name="malformed">The identifiers of outputs that could not be read; null for none.</param>
    public static ClientExtensionOutputs? Read(ReadOnlyMemory<byte> json, bool isRegistration, out List<string>? malformed)
    {
        malformed = null;
        if (json.IsEmpty)
        {
            return ClientExtensionOutputs.None;
        }

        var parsed = StrictJson.ParseObject(json, ResponseLimits.JsonDepth, ResponseLimits.JsonBytes);
        if (!parsed.Succeeded)
        {
            return null;
        }

        var outputs = new ClientExtensionOutputs { Identifiers = [.. parsed.Value.EnumerateObject().Select(member => member.Name)] };
        foreach (var member in parsed.Value.EnumerateObject())
        {
            if (Take(member, isRegistration, ref outputs))
            {
                continue;
            }

            (malformed ??= []).Add(member.Name);
        }

        return outputs;
    }

    private static bool Take(JsonProperty member, bool isRegistration, ref ClientExtensionOutputs outputs)
    {
        bool? flag;
        switch (member.Name)
        {
            case ExtensionNames.AppId when !isRegistration:
                var isRead = TryFlag(member.Value, out flag);
                outputs = outputs with { AppId = flag };
                return isRead;
            case ExtensionNames.AppIdExclude when isRegistration:
                isRead = TryFlag(member.Value, out flag);
                outputs = outputs with { AppIdExclude = flag };
                return isRead;
            case ExtensionNames.CredProps when isRegistration:
                isRead = member.Value.ValueKind == JsonValueKind.Object & TryOptionalFlag(member.Value, "rk", out flag);
                outputs = outputs with { ResidentKey = flag };
                return isRead;
            case ExtensionNames.Prf:
                isRead = TryPrf(member.Value, isRegistration, out var prf);
                outputs = outputs with { Prf = prf };
                return isRead;
            case ExtensionNames.LargeBlob:
                isRead = TryLargeBlob(member.Value, isRegistration, out var blob);
                outputs = outputs with { LargeBlob = blob };
                return isRead;
            default:
                return true;
        }
    }

    /// <summary>§10.1.4: <c>enabled</c> at registration only; results have a first value, and a second where two were asked.</summary>
    private static bool TryPrf(JsonElement value, bool isRegistration, out PrfOutput? output)
    {
        output = null;
        if (value.ValueKind != JsonValueKind.Object
            || !TryOptionalFlag(value, "enabled", out var enabled)
            || (enabled is not null && !isRegistration)
            || (enabled is null && isRegistration))
        {
            return false;
        }

        if (!value.TryGetProperty("results", out var results))
        {
            output = new(enabled, null, null);
            return true;
        }

        if (results.ValueKind != JsonValueKind.Object || !TryOptionalBytes(results, "first", out var first) || first is null || !TryOptionalBytes(results, "second", out var second))
        {
            return false;
        }

        output = new(enabled, first, second);
        return true;
    }

    /// <summary>§10.1.5: <c>supported</c> at registration, one of <c>blob</c> and <c>written</c> at authentication.</summary>
    private static bool TryLargeBlob(JsonElement value, bool isRegistration, out LargeBlobOutput? output)
    {
        output = null;
        if (value.ValueKind != JsonValueKind.Object
            || !TryOptionalFlag(value, "supported", out var supported)
            || !TryOptionalFlag(value, "written", out var written)
            || !TryOptionalBytes(value, "blob", out var blob)
            || (isRegistration ? blob is not null || written is not null : supported is not null || (blob is not null && written is not null)))
        {
            return false;
        }

        output = new(supported, blob, written);
        return true;
    }

    private static bool TryFlag(JsonElement value, out bool? flag)
    {
        flag = value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
        return flag is not null;
    }

    private static bool TryOptionalFlag(JsonElement owner, string name, out bool? flag)
    {
        flag = null;
        return owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out var value) || TryFlag(value, out flag);
    }

    private static bool TryOptionalBytes(JsonElement owner, string name, out ReadOnlyMemory<byte>? bytes)
    {
        bytes = null;
        if (!owner.TryGetProperty(name, out var value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String || !StrictBase64Url.TryDecode(value.GetString().AsSpan(), out var decoded))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
