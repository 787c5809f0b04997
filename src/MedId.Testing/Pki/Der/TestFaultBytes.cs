namespace MedId.Testing;

/// <summary>Small changes of octets.</summary>
internal static class TestFaultBytes
{
    public static byte[] FlipLast(byte[] bytes) => FlipAt(bytes, bytes.Length - 1);

    public static byte[] FlipAt(byte[] bytes, int index)
    {
        byte[] changed = [.. bytes];
        changed[index] ^= 1;
        return changed;
    }
}
