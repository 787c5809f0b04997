namespace MedId.Consent;

/// <summary>A condition over the facts of a case, read from its text by <see cref="ConditionParser"/>.</summary>
internal abstract class LawCondition
{
    /// <summary>The facts that it names.</summary>
    public abstract IEnumerable<string> Names { get; }

    public abstract Judged Judge(ConsentCase facts);

    /// <summary>Holds in every case.</summary>
    internal sealed class Always : LawCondition
    {
        public override IEnumerable<string> Names => [];

        public override Judged Judge(ConsentCase facts) => new(Truth.True, []);
    }

    /// <summary>A fact that is true or false.</summary>
    internal sealed class Flag(CaseFact fact) : LawCondition
    {
        private readonly string[] _names = [fact.Name];

        public override IEnumerable<string> Names => _names;

        public override Judged Judge(ConsentCase facts) => fact.Read(facts) is bool value ? Judged.Of(value, _names) : Judged.Missing(_names);
    }

    /// <summary>A fact that is one of some codes.</summary>
    internal sealed class OneOf(CaseFact fact, IReadOnlyCollection<string> codes) : LawCondition
    {
        private readonly string[] _names = [fact.Name];

        public override IEnumerable<string> Names => _names;

        public override Judged Judge(ConsentCase facts) =>
            fact.Read(facts) is string value ? Judged.Of(codes.Contains(value, StringComparer.Ordinal), _names) : Judged.Missing(_names);
    }

    /// <summary>A number or time against a number or another fact of the same kind.</summary>
    internal sealed class Comparison(CaseFact left, string sign, CaseFact? right, long number) : LawCondition
    {
        private readonly string[] _names = right is null ? [left.Name] : [left.Name, right.Name];

        public override IEnumerable<string> Names => _names;

        public override Judged Judge(ConsentCase facts)
        {
            var (first, second) = (left.Read(facts) as long?, right is null ? number : right.Read(facts) as long?);
            if (first is not { } a || second is not { } b)
            {
                return Judged.Missing([.. _names.Where(n => CaseFacts.Find(n)!.Read(facts) is null)]);
            }

            return Judged.Of(sign switch { "<" => a < b, "<=" => a <= b, ">" => a > b, ">=" => a >= b, _ => a == b }, _names);
        }
    }

    /// <summary>The contrary.</summary>
    internal sealed class Not(LawCondition inner) : LawCondition
    {
        public override IEnumerable<string> Names => inner.Names;

        public override Judged Judge(ConsentCase facts)
        {
            var judged = inner.Judge(facts);
            return judged with { Value = judged.Value switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown } };
        }
    }

    /// <summary>All of them, or one of them: one part with the deciding value decides, else a part that is unknown leaves it open.</summary>
    internal sealed class Join(IReadOnlyList<LawCondition> parts, Truth deciding) : LawCondition
    {
        public override IEnumerable<string> Names => parts.SelectMany(p => p.Names);

        public override Judged Judge(ConsentCase facts)
        {
            var judged = new Judged[parts.Count];
            var (decided, open) = (false, false);
            for (var i = 0; i < judged.Length; i++)
            {
                judged[i] = parts[i].Judge(facts);
                decided |= judged[i].Value == deciding;
                open |= judged[i].Value == Truth.Unknown;
            }

            var value = decided ? deciding : open ? Truth.Unknown : deciding == Truth.True ? Truth.False : Truth.True;
            return new(value, FactsOf(judged, value));
        }

        /// <summary>The facts of the parts that have the value, each once.</summary>
        private static List<string> FactsOf(Judged[] judged, Truth value)
        {
            var facts = new List<string>(judged.Length);
            foreach (var part in judged)
            {
                if (part.Value != value)
                {
                    continue;
                }

                foreach (var fact in part.Facts)
                {
                    if (!facts.Contains(fact, StringComparer.Ordinal))
                    {
                        facts.Add(fact);
                    }
                }
            }

            return facts;
        }
    }
}
