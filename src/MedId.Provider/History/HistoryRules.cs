using System.Security.Cryptography;
using System.Text;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>What goes into a person's chain, as pure functions, so that every store writes alike.</summary>
internal static class HistoryRules
{
    private static readonly ConsentEventKind[] Kinds = Enum.GetValues<ConsentEventKind>();

    /// <summary>The event of a consent's history that a line of <see cref="ConsentEvent"/> is; null for lines that are no event of a consent's life (a token).</summary>
    public static ConsentEventKind? KindOf(string line)
    {
        // What it rested on was taken back, and the consent with it.
        if (string.Equals(line, ProxyRules.ConsentEnded, StringComparison.Ordinal))
        {
            return ConsentEventKind.Withdrawn;
        }

        foreach (var kind in Kinds)
        {
            if (string.Equals(ConsentLifeCycle.NameOf(kind), line, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Whether the person is to have a receipt after it. Reads are many and change nothing; the next receipt proves them too.</summary>
    public static bool IsChange(ConsentEventKind kind) => kind is not (ConsentEventKind.Asked or ConsentEventKind.Read or ConsentEventKind.Told);

    /// <summary>Links what happened to a person's chain.</summary>
    /// <param name="head">The end of the chain.</param>
    /// <param name="state">The state of the consent in the chain.</param>
    /// <param name="happened">What happened. A node whose clock is behind writes the time of the entry before.</param>
    /// <returns>
    /// The entries with their canonical forms and the heads after them, none where this cannot happen to a consent in that state (what is over does not end again). A consent whose asking stands nowhere (nobody was asked then and there, or it is older
    /// than the history) is asked and given in the same moment.
    /// </returns>
    public static (IReadOnlyList<(HistoryEntry Entry, byte[] Bytes, HistoryHead Head)> Entries, ConsentState State) Link(HistoryHead head, ConsentState state, HistoryEvent happened)
    {
        var entries = new List<(HistoryEntry Entry, byte[] Bytes, HistoryHead Head)>(3);
        foreach (var kind in Steps(state, happened.Kind))
        {
            var next = ConsentLifeCycle.Next(state, kind);
            if (!next.Succeeded)
            {
                break;
            }

            var at = happened.At < head.At ? head.At.Value : happened.At;
            var entry = head.Append(happened with { Kind = kind, At = at });
            if (!entry.Succeeded)
            {
                throw new ArgumentException(entry.Error.ToString(), nameof(happened));
            }

            // Written and digested once, for the store and for the next link.
            var bytes = entry.Value.ToBytes();
            head = new(entry.Value.HistoryId, entry.Value.Sequence, StrictBase64Url.Encode(SHA256.HashData(bytes)), entry.Value.Event.At);
            entries.Add((entry.Value, bytes, head));
            state = next.Value;
        }

        return (entries, state);
    }

    /// <summary>The content that a consent's entry is about: the digest that the person's last act signed. A digest of another form is digested once more, so that the chain can hold it.</summary>
    public static string ContentOf(ConsentNoticeRecord notice) =>
        notice.Digest is { Length: 43 } digest && StrictBase64Url.IsCanonical(digest) ? digest : DigestOf(notice.Digest);

    public static string DigestOf(string text) => StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<ConsentEventKind> Steps(ConsentState state, ConsentEventKind kind) => (state, kind) switch
    {
        (ConsentState.None, ConsentEventKind.Asked) => [kind],
        (ConsentState.None, ConsentEventKind.Given) => [ConsentEventKind.Asked, kind],
        (ConsentState.None, ConsentEventKind.Refused) => [ConsentEventKind.Asked, kind],
        (ConsentState.None, _) => [ConsentEventKind.Asked, ConsentEventKind.Given, kind],
        (ConsentState.Asked, ConsentEventKind.Narrowed) => [ConsentEventKind.Given, kind],
        _ => [kind],
    };
}
