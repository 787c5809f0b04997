using System.Security.Cryptography;
using System.Text;

namespace MedId.Testing;

/// <summary>A PIN or password of a card, with its counter.</summary>
internal sealed class CardSecret(string value, int tries)
{
    private readonly byte[] _value = Encoding.ASCII.GetBytes(value);
    private int _failed;

    public int Remaining => tries - _failed;

    public bool Verified { get; set; }

    public CardPinResult Verify(string entered)
    {
        if (Remaining > 0 && CryptographicOperations.FixedTimeEquals(_value, Encoding.ASCII.GetBytes(entered)))
        {
            _failed = 0;
            Verified = true;
            return new(Accepted: true, Remaining);
        }

        Verified = false;
        _failed = Math.Min(tries, _failed + 1);
        return new(Accepted: false, Remaining);
    }

    public void Demand()
    {
        if (!Verified)
        {
            throw new InvalidOperationException("The card wants its PIN or password first (SW 6982).");
        }
    }
}
