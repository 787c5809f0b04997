using System.Xml;

namespace MedId.Signatures;

/// <summary>Turns the parser's line and column into an index of the text.</summary>
internal sealed class TextLines
{
    private readonly List<int> _starts = [0];

    public TextLines(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\n' || (text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n')))
            {
                _starts.Add(index + 1);
            }
        }
    }

    public int IndexOf(IXmlLineInfo position) => _starts[position.LineNumber - 1] + position.LinePosition - 1;
}
