using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Fido.Uaf.Tests;

/// <summary>One row of catalogue.json: a change of a valid response, in words of its own, and the code that it is refused with.</summary>
internal sealed record CatalogueRow(string Id, string On, string Change, string Code)
{
    public string Apply(string response)
    {
        var message = JsonNode.Parse(response)!.AsArray();
        var entry = message[0]!.AsObject();
        var words = Change.Split(' ', 4);
        switch (words[0])
        {
            case "message":
                message.Add(entry.DeepClone());
                break;
            case "fcp":
                var final = JsonNode.Parse(Decode((string)entry["fcParams"]!))!.AsObject();
                Edit(final, words[1], words[2], words.Length > 3 ? words[3] : null);
                entry["fcParams"] = StrictBase64Url.Encode(Encoding.UTF8.GetBytes(final.ToJsonString()));
                break;
            case "tlv":
                var assertion = Decode((string)entry["assertions"]![0]!["assertion"]!);
                entry["assertions"]![0]!["assertion"] = StrictBase64Url.Encode(Tlv(assertion, words[1], words[2], words.Length > 3 ? words[3] : string.Empty));
                break;
            default:
                Edit(entry, words[0], words[1], words.Length > 2 ? string.Join(' ', words[2..]) : null);
                break;
        }

        return message.ToJsonString();
    }

    private static byte[] Decode(string text) => StrictBase64Url.TryDecode(text, out var bytes) ? bytes : throw new FormatException();

    private static void Edit(JsonObject root, string verb, string path, string? value)
    {
        var steps = path.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        JsonNode parent = root;
        foreach (var step in steps[..^1])
        {
            parent = step == "0" ? parent[0]! : parent[step]!;
        }

        var (owner, name) = (parent.AsObject(), steps[^1]);
        switch (verb)
        {
            case "remove":
                Assert.True(owner.Remove(name));
                break;
            case "set":
                owner[name] = JsonNode.Parse(value!);
                break;
            case "pad":
                owner[name] = (string)owner[name]! + "==";
                break;
            case "lower":
                owner[name] = ((string)owner[name]!).ToLowerInvariant();
                break;
            case "upper":
                owner[name] = ((string)owner[name]!).ToUpperInvariant();
                break;
            case "swap":
                owner[name] = (string)owner[name]! == "Reg" ? "Auth" : "Reg";
                break;
            default:
                throw new NotSupportedException(verb);
        }
    }

    private static byte[] Tlv(byte[] assertion, string verb, string where, string argument)
    {
        if (where == "outer")
        {
            return verb switch
            {
                "swap" => [(byte)(assertion[0] ^ 3), .. assertion[1..]],
                "retag" => [0x0B, 0x2E, .. assertion[2..]],
                "unwrap" => assertion[4..],
                "empty" => [assertion[0], assertion[1], 0, 0],
                "append" => [.. assertion, 0],
                _ => throw new NotSupportedException(verb),
            };
        }

        var inner = BinaryPrimitives.ReadUInt16LittleEndian(assertion.AsSpan(4));
        var tag = where == "inner" ? inner : ushort.Parse(where, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var found = false;
        var changed = Level(assertion, tag, value => Element(tag, value, verb, argument), ref found);
        Assert.True(found, where);
        return changed;
    }

    private static byte[] Element(ushort tag, byte[] value, string verb, string argument) => verb switch
    {
        "remove" => [],
        "empty" => Write(tag, []),
        "twice" => [.. Write(tag, value), .. Write(tag, value)],
        "longer" => Write(tag, [.. value, 0]),
        "shorter" => Write(tag, value[..^1]),
        "cut" => Write(tag, value[..int.Parse(argument, CultureInfo.InvariantCulture)]),
        "flip" => Write(tag, [.. value[..^1], (byte)(value[^1] ^ 1)]),
        "text" => Write(tag, Encoding.ASCII.GetBytes(argument)),
        "byte" => Write(tag, [.. value[..(argument[0] - '0')], Convert.ToByte(argument[2..], 16), .. value[(argument[0] - '0' + 1)..]]),
        "swap" => Write((ushort)(tag ^ 7), value),
        _ => throw new NotSupportedException(verb),
    };

    private static byte[] Level(byte[] content, ushort tag, Func<byte[], byte[]> change, ref bool found)
    {
        var result = new List<byte>(content.Length);
        for (var at = 0; at < content.Length;)
        {
            var here = BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(at));
            var value = content[(at + 4)..(at + 4 + BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(at + 2)))];
            at += 4 + value.Length;
            found |= here == tag;
            result.AddRange(here == tag ? change(value) : (here & 0x1000) != 0 ? Write(here, Level(value, tag, change, ref found)) : Write(here, value));
        }

        return [.. result];
    }

    private static byte[] Write(ushort tag, byte[] value)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(header, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)value.Length);
        return [.. header, .. value];
    }
}
