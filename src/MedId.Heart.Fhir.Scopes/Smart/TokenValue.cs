using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A value of a token search parameter (FHIR R4 search §3.1.1.5.6): <c>code</c>, <c>system|code</c>, <c>|code</c> or <c>system|</c>.</summary>
internal sealed class TokenValue
{
    private TokenValue(bool anySystem, string system, string? code)
    {
        AnySystem = anySystem;
        System = system;
        Code = code;
        SystemUtf8 = Encoding.UTF8.GetBytes(system);
        CodeUtf8 = code is null ? null : Encoding.UTF8.GetBytes(code);
    }

    public bool AnySystem { get; }

    public string System { get; }

    /// <summary>Null when every code of the system holds.</summary>
    public string? Code { get; }

    public byte[] SystemUtf8 { get; }

    public byte[]? CodeUtf8 { get; }

    /// <summary>Reads one value that <see cref="ConstraintReader"/> has found well formed.</summary>
    public static TokenValue Read(string value)
    {
        var bar = IndexOfUnescaped(value, '|', 0);
        if (bar < 0)
        {
            return new(anySystem: true, "", Unescape(value));
        }

        var code = value[(bar + 1)..];
        return new(anySystem: false, Unescape(value[..bar]), code.Length == 0 ? null : Unescape(code));
    }

    public bool Holds(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code) =>
        (AnySystem || system.SequenceEqual(SystemUtf8)) && (CodeUtf8 is null || code.SequenceEqual(CodeUtf8));

    internal static int IndexOfUnescaped(string value, char wanted, int start)
    {
        for (var index = start; index < value.Length; index++)
        {
            if (value[index] == '\\')
            {
                index++;
            }
            else if (value[index] == wanted)
            {
                return index;
            }
        }

        return -1;
    }

    internal static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '\\' && index + 1 < value.Length)
            {
                index++;
            }

            text.Append(value[index]);
        }

        return text.ToString();
    }
}
