using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>The items of two states of a list by their steps, in the order in which the steps first occur.</summary>
internal sealed class ItemIndex
{
    private static readonly List<JsonNode?> None = [];
    private readonly Dictionary<string, List<JsonNode?>> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonNode?>> _after = new(StringComparer.Ordinal);

    public ItemIndex(string[] oldKeys, JsonArray? before, string[] newKeys, JsonArray? after)
    {
        Add(oldKeys, before, _before);
        Add(newKeys, after, _after);
    }

    public List<string> Keys { get; } = [];

    public List<JsonNode?> Before(string key) => _before.GetValueOrDefault(key, None);

    public List<JsonNode?> After(string key) => _after.GetValueOrDefault(key, None);

    private void Add(string[] keys, JsonArray? list, Dictionary<string, List<JsonNode?>> index)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            if (!index.TryGetValue(key, out var items))
            {
                index.Add(key, items = new List<JsonNode?>(1));
                if (ReferenceEquals(index, _before) || !_before.ContainsKey(key))
                {
                    Keys.Add(key);
                }
            }

            items.Add(list![i]);
        }
    }
}
