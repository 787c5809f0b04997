using System.Text;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>TAG_EXTENSION and TAG_EXTENSION_NON_CRITICAL of one level. UAF 1.1 authnr-cmds §5.2.</summary>
internal static class AssertionExtensions
{
    /// <summary>Reads the value of one extension element and adds it to <paramref name="found"/>.</summary>
    public static MedIdError? Read(ushort tag, ReadOnlySpan<byte> value, ref List<UafExtension>? found)
    {
        TlvField id = default;
        TlvField data = default;
        var reader = new TlvReader(value);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var inner, out var content, out var raw))
            {
                return TlvRefusal.CutOff;
            }

            var taken = inner switch
            {
                UafTag.ExtensionId => id.TryTake(content, raw),
                UafTag.ExtensionData => data.TryTake(content, raw),
                _ => true,
            };
            if (!taken)
            {
                return TlvRefusal.Duplicate(inner);
            }

            if (inner is not (UafTag.ExtensionId or UafTag.ExtensionData) && TlvRefusal.Unexpected(inner) is { } refusal)
            {
                return refusal;
            }
        }

        if (!id.IsPresent || !data.IsPresent)
        {
            return TlvRefusal.Missing(id.IsPresent ? UafTag.ExtensionData : UafTag.ExtensionId, UafSections.Tlv);
        }

        if (id.Value.Length is 0 or > UafLimits.ExtensionId || !TryText(id.Value, out var name))
        {
            return TlvRefusal.Length(UafTag.ExtensionId, UafSections.Tlv);
        }

        found ??= [];
        if (found.Exists(extension => string.Equals(extension.Id, name, StringComparison.Ordinal)))
        {
            return TlvRefusal.Duplicate(tag);
        }

        found.Add(new UafExtension(name, data.Value.ToArray(), tag == UafTag.Extension));
        return null;
    }

    /// <summary>Refuses an extension that must be understood and is not among <paramref name="known"/>.</summary>
    public static MedIdError? Judge(IReadOnlyList<UafExtension> extensions, IReadOnlyCollection<string> known, string section)
    {
        foreach (var extension in extensions)
        {
            if (extension.FailIfUnknown && !known.Contains(extension.Id, StringComparer.Ordinal) && extension.Id is not UafUserVerificationUsed.ExtensionId)
            {
                return new MedIdError(UafErrorCodes.ExtensionUnknown, ErrorCategory.Unsupported, section);
            }
        }

        return null;
    }

    private static bool TryText(ReadOnlySpan<byte> utf8, out string text)
    {
        text = string.Empty;
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(utf8);
        return true;
    }
}
