using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MedId.Consent;

/// <summary>Reads conditions: <c>always</c>, flags, <c>fact = code</c>, <c>fact in [code, code]</c>, <c>number &lt;= 45</c>, <c>time &lt;= time</c>, joined by <c>not</c>, <c>and</c>, <c>or</c> and parentheses.</summary>
internal sealed partial class ConditionParser
{
    private const int MaxLength = 4000;
    private const int MaxDepth = 16;
    private static readonly string[] Signs = ["=", "<", "<=", ">", ">="];

    private readonly List<string> _tokens;
    private int _at;
    private int _depth;

    private ConditionParser(List<string> tokens) => _tokens = tokens;

    private string Next => _at < _tokens.Count ? _tokens[_at] : string.Empty;

    public static bool TryParse(string text, [NotNullWhen(true)] out LawCondition? condition)
    {
        condition = null;
        if (text.Length > MaxLength)
        {
            return false;
        }

        var tokens = new List<string>();
        var end = 0;
        foreach (var match in Token().EnumerateMatches(text))
        {
            if (!text.AsSpan(end, match.Index - end).IsWhiteSpace())
            {
                return false;
            }

            tokens.Add(text.Substring(match.Index, match.Length));
            end = match.Index + match.Length;
        }

        var parser = new ConditionParser(tokens);
        condition = text.AsSpan(end).IsWhiteSpace() ? parser.Any() : null;
        if (parser._at < tokens.Count)
        {
            condition = null;
        }

        return condition is not null;
    }

    private LawCondition? Any() => Chain("or", All, Truth.True);

    private LawCondition? All() => Chain("and", One, Truth.False);

    private LawCondition? Chain(string word, Func<LawCondition?> part, Truth deciding)
    {
        var parts = new List<LawCondition>();
        do
        {
            if (part() is not { } read)
            {
                return null;
            }

            parts.Add(read);
        }
        while (Take(word));

        return parts.Count == 1 ? parts[0] : new LawCondition.Join(parts, deciding);
    }

    private LawCondition? One()
    {
        if (++_depth > MaxDepth)
        {
            return null;
        }

        var condition = Take("not") ? One() is { } inner ? new LawCondition.Not(inner) : null
            : Take("(") ? Any() is { } group && Take(")") ? group : null
            : Take("always") ? new LawCondition.Always()
            : Fact();
        _depth--;
        return condition;
    }

    private LawCondition? Fact()
    {
        if (CaseFacts.Find(Next) is not { } fact)
        {
            return null;
        }

        _at++;
        return fact.Kind switch
        {
            FactKind.Flag => new LawCondition.Flag(fact),
            FactKind.Code or FactKind.Text => Codes() is { Count: > 0 } codes && codes.TrueForAll(c => fact.Kind == FactKind.Text ? LawPlaces.IsCode(c) : fact.Codes.Contains(c, StringComparer.Ordinal))
                ? new LawCondition.OneOf(fact, codes) : null,
            _ => Comparison(fact),
        };
    }

    private List<string>? Codes()
    {
        var codes = new List<string>();
        if (Take("="))
        {
            codes.Add(Next);
            _at++;
            return codes;
        }

        if (!Take("in") || !Take("["))
        {
            return null;
        }

        do
        {
            codes.Add(Next);
            _at++;
        }
        while (Take(","));

        return Take("]") ? codes : null;
    }

    private LawCondition.Comparison? Comparison(CaseFact left)
    {
        var sign = Next;
        if (!Signs.Contains(sign, StringComparer.Ordinal))
        {
            return null;
        }

        _at++;
        var text = Next;
        _at++;
        if (CaseFacts.Find(text) is { } right)
        {
            return right.Kind == left.Kind ? new(left, sign, right, 0) : null;
        }

        return left.Kind == FactKind.Number && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(left, sign, null, number) : null;
    }

    private bool Take(string token)
    {
        var there = string.Equals(Next, token, StringComparison.Ordinal) && token.Length > 0;
        _at += there ? 1 : 0;
        return there;
    }

    [GeneratedRegex(@"[A-Za-z0-9_-]+|<=|>=|[=<>()\[\],]", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
