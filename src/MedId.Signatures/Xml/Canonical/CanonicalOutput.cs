using System.Buffers;
using System.Text;

namespace MedId.Signatures;

/// <summary>Canonical octets up to a limit; past it nothing is written any more and <see cref="Overflowed"/> is set.</summary>
internal sealed class CanonicalOutput(long limit)
{
    private static readonly SearchValues<char> TextSpecials = SearchValues.Create("&<>\r");
    private static readonly SearchValues<char> AttributeSpecials = SearchValues.Create("&<\"\t\n\r");

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public bool Overflowed { get; private set; }

    public ReadOnlyMemory<byte> Octets => _buffer.WrittenMemory;

    public void Write(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (Overflowed || _buffer.WrittenCount + (long)Encoding.UTF8.GetByteCount(text) > limit)
        {
            Overflowed = true;
            return;
        }

        _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(most)));
    }

    public void WriteText(ReadOnlySpan<char> text) => WriteEscaped(text, TextSpecials);

    public void WriteAttributeValue(ReadOnlySpan<char> value) => WriteEscaped(value, AttributeSpecials);

    // Canonical XML 1.0 §2.3: what is escaped differs between text and attribute, how it is escaped does not.
    private void WriteEscaped(ReadOnlySpan<char> text, SearchValues<char> specials)
    {
        int special;
        while ((special = text.IndexOfAny(specials)) >= 0)
        {
            Write(text[..special]);
            Write(text[special] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' => "&#x9;",
                '\n' => "&#xA;",
                _ => "&#xD;",
            });
            text = text[(special + 1)..];
        }

        Write(text);
    }
}
