namespace MedId.Cryptography.Tests;

public sealed class KeyRingTests
{
    private static readonly LocalSigningKey A = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "a");
    private static readonly LocalSigningKey B = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "b");
    private static readonly LocalSigningKey C = LocalSigningKey.Generate(SignatureAlgorithm.ES384, "c");

    [Fact]
    public void Rotation_PublishPromoteForget_ChangesOneThingAtATime()
    {
        var ring = new KeyRing([A]);
        var published = ring.Publish(B);
        var promoted = published.Promote("b");
        var forgotten = promoted.Forget("a");

        Assert.Equal((A, "a"), (ring.Current(), Ids(ring)));
        Assert.Equal((A, "a b"), (published.Current(), Ids(published)));
        Assert.Equal((B, "b a"), (promoted.Current(), Ids(promoted)));
        Assert.Equal((B, "b"), (forgotten.Current(), Ids(forgotten)));
        Assert.Equal("a", Ids(ring));
    }

    [Fact]
    public void Promote_KeyOfAnotherAlgorithm_SignsBesideTheFirst()
    {
        var ring = new KeyRing([A], [C]).Promote("c");

        Assert.Equal(A, ring.Current());
        Assert.Equal(C, ring.Current(SignatureAlgorithm.ES384));
        Assert.Equal(A, ring.Current(SignatureAlgorithm.ES256));
        Assert.Null(ring.Current(SignatureAlgorithm.PS256));
    }

    [Fact]
    public void Promote_KeyThatWasNotPublished_Throws()
    {
        var ring = new KeyRing([A]);

        Assert.Throws<ArgumentException>(() => ring.Promote("b"));
        Assert.Throws<ArgumentException>(() => ring.Promote("a"));
        Assert.Throws<ArgumentException>(() => ring.Forget("a"));
    }

    [Fact]
    public void Promote_BeforeEveryReaderCanHaveTheKey_Throws()
    {
        var ready = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        var ring = new KeyRing([A]).Publish(B, ready);
        var stored = new KeyRing(ring.SigningKeys, ring.NextKeys, readyAt: ring.ReadyAt);

        Assert.All([ring, stored], r =>
        {
            Assert.Throws<ArgumentException>(() => r.Promote("b"));
            Assert.Throws<InvalidOperationException>(() => r.Promote("b", ready.AddTicks(-1)));
            Assert.Equal(ready, r.ReadyAt["b"]);
            Assert.Equal(B, r.Promote("b", ready).Current());
            Assert.Empty(r.Promote("b", ready).ReadyAt);
        });
        Assert.Equal(B, new KeyRing([A]).Publish(B).Promote("b", ready).Current());
    }

    [Fact]
    public void Constructor_NoKeyOrOneTwice_Throws()
    {
        Assert.Throws<ArgumentException>(() => new KeyRing([]));
        Assert.Throws<ArgumentException>(() => new KeyRing([A, B]));
        Assert.Throws<ArgumentException>(() => new KeyRing([A], [A]));
        Assert.Throws<ArgumentException>(() => new KeyRing([A], [B], [B.ToJwk()]));
    }

    [Fact]
    public void Published_Keys_CarryTheirAlgorithm() =>
        Assert.Equal([SignatureAlgorithm.ES256, SignatureAlgorithm.ES384], new KeyRing([A, C]).Published.Keys.Select(k => k.Algorithm));

    private static string Ids(KeyRing ring) => string.Join(' ', ring.Published.Keys.Select(k => k.KeyId));
}
