using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>One walk over an object with the rules of its schema.</summary>
internal sealed class ValidationRun(string? root)
{
    private readonly FieldPathStack _path = new();
    private List<FieldError>? _errors;

    public IReadOnlyList<FieldError> Errors => _errors ?? (IReadOnlyList<FieldError>)[];

    private int Count => _errors?.Count ?? 0;

    /// <returns>How many checks were passed by, by which the best of several failing branches is chosen.</returns>
    public int Validate(JsonNode? value, JsonNode? old, bool hasOld, ValueRules rules)
    {
        if (rules.Trivial)
        {
            return 1;
        }

        int before = Count;
        int matched = Check(value, old, hasOld, rules);
        if (hasOld && Count > before && JsonEquality.Equal(value, old))
        {
            _errors!.RemoveRange(before, Count - before);
        }

        return matched;
    }

    private int Check(JsonNode? value, JsonNode? old, bool hasOld, ValueRules rules)
    {
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        CheckType(value, kind, rules);
        int matched = 1;
        if (kind == JsonValueKind.Null)
        {
            CheckEnum(value, rules);
            return matched;
        }

        if (rules.HasBranches)
        {
            matched += CheckBranches(value, old, hasOld, rules);
        }

        switch (kind)
        {
            case JsonValueKind.String when rules.ChecksText:
                CheckText(value!.GetValue<string>(), rules);
                break;
            case JsonValueKind.Number:
                NumberChecks.Check(value!, rules, this);
                break;
            case JsonValueKind.Array:
                matched += CheckItems((JsonArray)value!, old as JsonArray, rules);
                break;
            default:
                break;
        }

        CheckEnum(value, rules);
        return value is JsonObject map ? matched + CheckMembers(map, old as JsonObject, rules) : matched;
    }

    public void Refuse(FieldValue value, string detail) => Add(FieldError.Invalid(Here(), value, $"{Name} in body {detail}"));

    public void RefuseWhole(string detail) => Add(FieldError.Invalid(root is null ? null : FieldPath.Root(root), string.Empty, detail));

    /// <summary>The path as go-openapi's messages name it, without what stands before the object.</summary>
    public string Name => _path.ToString();

    private void RefuseType(string type, string found) =>
        Add(FieldError.TypeInvalid(Here(), found, $"{Name} in body must be of type {type}: {GoQuote.Quote(found)}"));

    private void CheckType(JsonNode? value, JsonValueKind kind, ValueRules rules)
    {
        if ((rules.Type == SchemaType.None && !rules.IntOrString) || (kind == JsonValueKind.Null && rules.Nullable))
        {
            return;
        }

        bool good = kind switch
        {
            JsonValueKind.String => rules.Type == SchemaType.String || rules.IntOrString,
            JsonValueKind.Object => rules.Type == SchemaType.Object,
            JsonValueKind.Array => rules.Type == SchemaType.Array,
            JsonValueKind.True or JsonValueKind.False => rules.Type == SchemaType.Boolean,
            JsonValueKind.Number => rules.Type == SchemaType.Number || ((rules.Type == SchemaType.Integer || rules.IntOrString) && IsWhole(value)),
            _ => false,
        };
        if (!good)
        {
            RefuseType(rules.IntOrString ? "integer,string" : rules.Type.Name(), Found(value, kind));
        }
    }

    private static string Found(JsonNode? value, JsonValueKind kind) => kind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.String => "string",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => JsonNumbers.TryInt64(value, out _) ? "integer" : "number",
        _ => "boolean",
    };

    private static bool IsWhole(JsonNode? value) =>
        JsonNumbers.TryInt64(value, out _) || (JsonNumbers.TryDouble(value, out double number) && Math.Abs(number) <= 1L << 53 && double.IsInteger(number));

    private void CheckText(string text, ValueRules rules)
    {
        ValueValidation limits = rules.Validation;
        if (limits.MaxLength is { } max && text.Length > max && Length(text) > max)
        {
            Add(FieldError.TooLong(Here(), (int)Math.Clamp(max, int.MinValue, int.MaxValue)));
        }
        else if (limits.MinLength is { } min && Length(text) < min)
        {
            Refuse(text, $"should be at least {min} chars long");
        }
        else if (rules.Pattern is { } pattern && !Re2.IsMatch(pattern, text))
        {
            Refuse(text, $"should match '{limits.Pattern}'");
        }

        if (rules.Format is { } format && !format(text))
        {
            RefuseType(limits.Format!, text);
        }
    }

    private static int Length(string text)
    {
        int length = text.Length;
        foreach (char c in text)
        {
            length -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return length;
    }

    private void CheckEnum(JsonNode? value, ValueRules rules)
    {
        if (!rules.AllowsByEnum(value))
        {
            IEnumerable<string> allowed = rules.Validation.Enum.Select(static v =>
                v is JsonValue scalar && scalar.TryGetValue(out string? text) ? text : System.Text.Encoding.UTF8.GetString(JsonText.Utf8(v).Span));
            Add(FieldError.NotSupported(Here(), FieldValue.From(value), allowed));
        }
    }

    private int CheckItems(JsonArray list, JsonArray? old, ValueRules rules)
    {
        int matched = 0;
        if (rules.Items is { Trivial: false } items)
        {
            for (int i = 0; i < list.Count; i++)
            {
                bool hasOld = OldItem(list, old, i, rules, out JsonNode? oldItem);
                _path.Push(i);
                matched += Validate(list[i], oldItem, hasOld, items);
                _path.Pop();
            }
        }

        if (rules.Validation.MinItems is { } min && list.Count < min)
        {
            Refuse(list.Count, $"should have at least {min} items");
        }

        if (rules.Validation.MaxItems is { } max && list.Count > max)
        {
            Add(FieldError.TooMany(Here(), list.Count, (int)max));
        }

        return matched;
    }

    private static bool OldItem(JsonArray list, JsonArray? old, int index, ValueRules rules, out JsonNode? item)
    {
        item = null;
        if (old is not null && rules.ListType == ListType.Map)
        {
            item = list[index] is JsonObject map ? OldItem(old, map, rules.ListMapKeys) : null;
            return item is not null;
        }

        if (old is null || !rules.HasPlaces || index >= old.Count)
        {
            return false;
        }

        item = old[index];
        return true;
    }

    private static JsonObject? OldItem(JsonArray old, JsonObject item, IReadOnlyList<string> keys) =>
        old.OfType<JsonObject>().FirstOrDefault(o => keys.All(k => JsonNode.DeepEquals(o[k], item[k])));

    private int CheckMembers(JsonObject map, JsonObject? old, ValueRules rules)
    {
        ValueValidation limits = rules.Validation;
        if (limits.MinProperties is { } min && map.Count < min)
        {
            Refuse(min, $"should have at least {min} properties");
            return 0;
        }

        if (limits.MaxProperties is { } max && map.Count > max)
        {
            Add(FieldError.TooMany(Here(), map.Count, (int)max));
            return 0;
        }

        for (int i = 0; i < limits.Required.Count; i++)
        {
            if (!map.ContainsKey(limits.Required[i]))
            {
                _path.Push(limits.Required[i]);
                Add(FieldError.Required(Here()));
                _path.Pop();
            }
        }

        if (rules.Properties.Count == 0 && rules.Values is null)
        {
            return 0;
        }

        int matched = 0;
        for (int i = 0; i < map.Count; i++)
        {
            (string name, JsonNode? value) = map.GetAt(i);
            if ((rules.Properties.GetValueOrDefault(name) ?? rules.Values) is { Trivial: false } member)
            {
                JsonNode? oldValue = null;
                bool hasOld = old is not null && old.TryGetPropertyValue(name, out oldValue);
                _path.Push(name);
                matched += Validate(value, oldValue, hasOld, member);
                _path.Pop();
            }
        }

        return matched;
    }

    private int CheckBranches(JsonNode? value, JsonNode? old, bool hasOld, ValueRules rules)
    {
        int matched = 0;
        if (rules.AnyOf.Length > 0 && Succeeded(rules.AnyOf, stopAtFirst: true, value, old, hasOld, out List<FieldError>? best) == 0)
        {
            RefuseWhole($"{GoQuote.Quote(Name)} must validate at least one schema (anyOf)");
            _errors!.AddRange(best ?? []);
        }

        if (rules.OneOf.Length > 0 && Succeeded(rules.OneOf, stopAtFirst: false, value, old, hasOld, out best) is var valid and not 1)
        {
            string found = valid == 0 ? "Found none valid" : $"Found {valid} valid alternatives";
            RefuseWhole($"{GoQuote.Quote(Name)} must validate one and only one schema (oneOf). {found}");
            _errors!.AddRange(best ?? []);
        }

        if (rules.AllOf.Length > 0)
        {
            matched += CheckAllOf(value, old, hasOld, rules.AllOf);
        }

        if (rules.Not is { } not && Try(not, value, old, hasOld, out _, out _))
        {
            RefuseWhole($"{GoQuote.Quote(Name)} must not validate the schema (not)");
        }

        return matched;
    }

    private int CheckAllOf(JsonNode? value, JsonNode? old, bool hasOld, ValueRules[] branches)
    {
        int valid = 0, matched = 0;
        foreach (ValueRules branch in branches)
        {
            int before = Count;
            matched += Validate(value, old, hasOld, branch);
            valid += Count == before ? 1 : 0;
        }

        if (valid < branches.Length)
        {
            RefuseWhole($"{GoQuote.Quote(Name)} must validate all the schemas (allOf){(valid == 0 ? ". None validated" : string.Empty)}");
        }

        return matched;
    }

    private int Succeeded(ValueRules[] branches, bool stopAtFirst, JsonNode? value, JsonNode? old, bool hasOld, out List<FieldError>? best)
    {
        best = null;
        int valid = 0, bestMatched = -1;
        foreach (ValueRules branch in branches)
        {
            if (Try(branch, value, old, hasOld, out int matched, out List<FieldError>? failures))
            {
                valid++;
                best = null;
                if (stopAtFirst)
                {
                    return valid;
                }
            }
            else if (valid == 0 && matched > bestMatched)
            {
                (best, bestMatched) = (failures, matched);
            }
        }

        return valid;
    }

    private bool Try(ValueRules branch, JsonNode? value, JsonNode? old, bool hasOld, out int matched, out List<FieldError>? failures)
    {
        int before = Count;
        matched = Validate(value, old, hasOld, branch);
        failures = Count > before ? _errors!.GetRange(before, Count - before) : null;
        if (failures is not null)
        {
            _errors!.RemoveRange(before, failures.Count);
        }

        return failures is null;
    }

    private FieldPath? Here()
    {
        string name = Name;
        return (root, name.Length) switch
        {
            (null, 0) => null,
            (null, _) => FieldPath.Root(name),
            (_, 0) => FieldPath.Root(root),
            _ => FieldPath.Root($"{root}.{name}"),
        };
    }

    private void Add(FieldError error) => (_errors ??= []).Add(error);
}
