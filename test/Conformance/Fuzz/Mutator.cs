using System.Text;
using System.Text.Json.Nodes;

namespace KubeFed.Conformance.Fuzz;

/// <summary>Makes what is nearly right out of what is right, by a seeded generator: first the tree is changed, then perhaps its text.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "80", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1.5", "1e3", "1e400", "-0", "0.1e-400",
        "\"\"", "\"a\"", "\"small\"", "\"forbidden\"", "\"TCP\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"1\"", "\"2024-01-02T03:04:05Z\"", "\"0000-00-00T99:99:99Z\"", "\"../../x\"", "\"w\"", "\"v1\"",
        "\"orphan\"", "\"foregroundDeletion\"", "\"a/b\"", "\"a/b/c\"", "[]", "{}", "[null]", "[[]]", "[{}]", "[1,\"1\"]", "{\"\":1}", "{\"a\":{\"b\":{}}}", "[\"a\",\"a\"]",
        "[{\"port\":80},{\"port\":80}]", "[{\"port\":null}]", "[{\"port\":\"80\"}]", "{\"$patch\":\"replace\"}", "{\"f:a\":{}}",
    ];

    private static readonly string[] Names =
    [
        "", "metadata", "name", "namespace", "generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink",
        "labels", "annotations", "finalizers", "ownerReferences", "managedFields", "spec", "status", "size", "replicas", "ports", "port", "protocol", "tags", "free", "template", "inner", "note",
        "$patch", "$retainKeys", "$setElementOrder/ports", ".", "f:spec", "k:{}", "~0~1", "a.b", "a/b", "\u0000", "é", "kind", "apiVersion", "limits", "amount", "steps", "big", "ratio", "since",
    ];

    private static readonly string[] Snippets =
    [
        "\\ud800", "\\u0000", "\u0000", "\ufeff", "NaN", "1e999", "//", "/*", "\"", "{", "}", "[", "]", ",", ":", "\\", "\n", "\t", "\r\n", "%", "~", "*", "&a ", "*a", "<<: ", "!!binary ", "!!int ", "--- ", "...", "? ",
        "|-\n ", "- ", "#", "'", "y", "0o7", "0x1F", "1:30", ".inf", "2001-01-01", "\u2028", "💥", "\u0085",
    ];

    private static readonly string[] ManagedFields =
    [
        """[{"manager":"m","operation":"Apply","apiVersion":"demo.example.dev/v1","time":"2024-01-02T03:04:05Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:size":{},"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}},"f:tags":{"v:\"a\"":{}}}}}]""",
        """[{"manager":"m","operation":"Update","apiVersion":"demo.example.dev/v0","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}}}]""",
        """[{}]""", """[{"operation":"x"}]""", """[{"fieldsType":"FieldsV2"}]""", """[{"manager":"m","operation":"Update","apiVersion":"a/b/c","fieldsType":"FieldsV1","fieldsV1":{"f:":{}}}]""",
        """[{"manager":"m","operation":"Apply","apiVersion":"demo.example.dev/v1","fieldsType":"FieldsV1","fieldsV1":{"k:{":{},"v:":{},"i:x":{},"i:-1":{},"i:99999999999":{},"x:":{},"":{}}}]""",
        """[{"manager":"m","operation":"Update","apiVersion":"demo.example.dev/v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:ports":{"k:{\"port\":\"x\"}":{},"k:[]":{},"k:{}":{},"i:0":{}},"f:tags":{"v:{}":{},"v:nul":{}},"f:inner":5}}}]""",
        """[{"manager":"m","operation":"Update","apiVersion":"demo.example.dev/v1","subresource":"nope","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:app":{}}}}}]""",
        """[{"manager":"m","operation":"Apply","apiVersion":"demo.example.dev/v1","fieldsType":"FieldsV1","fieldsV1":null}]""", """{}""", "\"x\"", """[null]""", """[[]]""",
    ];

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>Whether something happens that happens so many times of a hundred.</summary>
    public bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>A number below another.</summary>
    public int Next(int below) => random.Next(below);

    /// <summary>Changes a tree in a few places.</summary>
    public JsonNode? Mutate(JsonNode? tree)
    {
        for (int changes = 1 + random.Next(4); changes > 0; changes--)
        {
            tree = MutateOnce(tree);
        }

        return tree;
    }

    /// <summary>Puts managedFields into an object that nobody would write.</summary>
    public void PutManagedFields(JsonNode? tree)
    {
        if (tree is JsonObject root && root["metadata"] is JsonObject metadata)
        {
            JsonNode? fields = JsonNode.Parse(Pick(ManagedFields));
            metadata["managedFields"] = Chance(50) ? Mutate(fields) : fields;
        }
    }

    /// <summary>Changes a text in a few places.</summary>
    public string Garble(string text)
    {
        var builder = new StringBuilder(text);
        for (int changes = 1 + random.Next(3); changes > 0 && builder.Length > 0; changes--)
        {
            int at = random.Next(builder.Length);
            switch (random.Next(6))
            {
                case 0:
                    builder.Remove(at, Math.Min(1 + random.Next(8), builder.Length - at));
                    break;
                case 1:
                    builder.Length = at;
                    break;
                case 2:
                    builder.Insert(at, text.AsSpan(0, Math.Min(text.Length, random.Next(60))));
                    break;
                case 3:
                    builder[at] = (char)random.Next(1, 300);
                    break;
                default:
                    builder.Insert(at, Pick(Snippets));
                    break;
            }
        }

        return builder.ToString();
    }

    /// <summary>Changes bytes, so that a text may be none.</summary>
    public byte[] Garble(byte[] bytes)
    {
        for (int changes = random.Next(3); changes > 0 && bytes.Length > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private JsonNode? MutateOnce(JsonNode? tree)
    {
        List<JsonNode> containers = [];
        Collect(tree, containers);
        if (containers.Count == 0 || Chance(2))
        {
            return Value();
        }

        switch (Pick(containers))
        {
            case JsonObject item:
                MutateObject(item);
                break;
            case JsonArray list:
                MutateArray(list);
                break;
        }

        return tree;
    }

    private void MutateObject(JsonObject item)
    {
        string[] names = [.. item.Select(member => member.Key)];
        string name = names.Length > 0 && Chance(75) ? Pick(names) : Pick(Names);
        JsonNode? old = item[name];
        switch (random.Next(6))
        {
            case 0:
                item.Remove(name);
                break;
            case 1:
                item.Remove(name);
                item[Pick(Names)] = old;
                break;
            case 2:
                item[name] = Deepen(old?.DeepClone());
                break;
            case 3 when names.Length > 0:
                item[name] = item[Pick(names)]?.DeepClone();
                break;
            default:
                item[name] = Value();
                break;
        }
    }

    private void MutateArray(JsonArray list)
    {
        int at = random.Next(list.Count + 1);
        switch (random.Next(4))
        {
            case 0 when at < list.Count:
                list.RemoveAt(at);
                break;
            case 1 when at < list.Count:
                list.Add(list[at]?.DeepClone());
                break;
            case 2 when at < list.Count:
                list[at] = Value();
                break;
            default:
                list.Insert(at, Value());
                break;
        }
    }

    private JsonNode? Value() => random.Next(20) switch
    {
        0 => new string('x', random.Next(300_000)),
        1 => Deepen(JsonValue.Create(1)),
        _ => JsonNode.Parse(Pick(Values)),
    };

    private JsonNode? Deepen(JsonNode? inner)
    {
        int depth = Chance(80) ? random.Next(4) : random.Next(600);
        for (; depth > 0; depth--)
        {
            inner = depth % 2 == 0 ? new JsonArray(inner) : new JsonObject { [Pick(Names)] = inner };
        }

        return inner;
    }

    private static void Collect(JsonNode? node, List<JsonNode> containers)
    {
        var open = new Stack<JsonNode>();
        Push(node);
        while (open.TryPop(out JsonNode? next))
        {
            containers.Add(next);
            foreach (JsonNode? child in next is JsonObject item ? item.Select(member => member.Value) : (JsonArray)next)
            {
                Push(child);
            }
        }

        void Push(JsonNode? child)
        {
            if (child is JsonObject or JsonArray)
            {
                open.Push(child);
            }
        }
    }
}
