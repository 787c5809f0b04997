using System.Diagnostics.CodeAnalysis;

namespace MedId.Core;

/// <summary>Why untrusted input was refused: a stable code, the section of the standard that asks for the refusal, and a detail safe to log.</summary>
/// <remarks>
/// Made by verifiers only for input that came from outside; misuse of the API throws <see cref="ArgumentException"/>, broken infrastructure lets its
/// exception pass. <see cref="Detail"/> never carries a token, a name, a hint or any other personal value.
/// </remarks>
public sealed record MedIdError
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">Area and cause in lower case, joined by a dot: <c>uaf.challenge_expired</c>.</param>
    /// <param name="category">The kind of refusal.</param>
    /// <param name="section">Standard and section, e.g. <c>CIBA Core §7.1</c>.</param>
    /// <param name="detail">What an operator can fix, in English, without personal data; null when the code says it all.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not of the form <c>area.cause</c>.</exception>
    public MedIdError(string code, ErrorCategory category, string section, string? detail = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentException.ThrowIfNullOrEmpty(section);
        if (!IsCode(code))
        {
            throw new ArgumentException("A code is lower case letters, digits and underscores with one dot.", nameof(code));
        }

        Code = code;
        Category = category;
        Section = section;
        Detail = detail;
    }

    /// <summary>The stable code, <c>area.cause</c>.</summary>
    public string Code { get; }

    /// <summary>The kind of refusal.</summary>
    public ErrorCategory Category { get; }

    /// <summary>Standard and section that ask for this refusal.</summary>
    public string Section { get; }

    /// <summary>What an operator can fix; safe to log.</summary>
    public string? Detail { get; }

    /// <inheritdoc/>
    public override string ToString() => Detail is null ? $"{Code} [{Section}]" : $"{Code} [{Section}]: {Detail}";

    private static bool IsCode([NotNullWhen(true)] string code)
    {
        var dots = 0;
        foreach (var c in code)
        {
            if (c == '.')
            {
                dots++;
            }
            else if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }
        }

        return dots == 1 && code[0] != '.' && code[^1] != '.';
    }
}
