namespace MedId.Jpki.Certificates;

/// <summary>What a <see cref="RetentionPolicy"/> let through: the bytes to store. Stores that take nothing else cannot be given what must not be kept.</summary>
public sealed class RetainedItem
{
    internal RetainedItem(RetentionItem item, JpkiStanding standing, string recordId, byte[] content, bool isEncrypted)
    {
        Item = item;
        Standing = standing;
        RecordId = recordId;
        Content = content;
        IsEncrypted = isEncrypted;
    }

    /// <summary>What it is.</summary>
    public RetentionItem Item { get; }

    /// <summary>Under which standing it was let through.</summary>
    public JpkiStanding Standing { get; }

    /// <summary>The record that it belongs to; a ciphertext opens with this id only.</summary>
    public string RecordId { get; }

    /// <summary>The bytes to store.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Whether they are a ciphertext of MedId.Cryptography's FieldCipher.</summary>
    public bool IsEncrypted { get; }

    /// <summary>What it is, and nothing of it.</summary>
    public override string ToString() => $"{Item}{(IsEncrypted ? " encrypted" : string.Empty)}";
}
