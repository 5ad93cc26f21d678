using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>
/// Merges the items of two lists. The items of the configuration keep their order; those of the object alone stay between the shared items
/// that they were between. Items that occur more than once in the object are replaced, all of them, by the configuration's.
/// </summary>
internal sealed class ListWeaver
{
    private readonly TypeNode _type;
    private readonly List<JsonNode?> _items = [];
    private readonly List<string> _liveKeys;
    private readonly List<string> _configKeys;
    private readonly List<JsonNode?> _live;
    private readonly List<JsonNode?> _config;
    private readonly Dictionary<string, int> _liveAt;
    private readonly Dictionary<string, int> _configAt;
    private readonly Queue<string> _shared = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    public ListWeaver(TypeNode type, JsonArray live, JsonArray config)
    {
        _type = type;
        (_liveKeys, _live, _liveAt) = Index(type, live);
        (_configKeys, _config, _configAt) = Index(type, config);
        foreach (var key in _configKeys)
        {
            if (_liveAt.ContainsKey(key))
            {
                _shared.Enqueue(key);
            }
        }
    }

    /// <summary>The merged items. The object's list must have been cleared, so that its items are free.</summary>
    public List<JsonNode?> Weave()
    {
        int live = 0, config = 0;
        while (live < _liveKeys.Count || config < _configKeys.Count)
        {
            if (live < _liveKeys.Count && TryLive(ref live, ref config))
            {
                continue;
            }

            if (config < _configKeys.Count)
            {
                Take(_configKeys[config++]);
            }
        }

        return _items;
    }

    // Whether the next item of the object was dealt with.
    private bool TryLive(ref int live, ref int config)
    {
        var key = _liveKeys[live];
        var inConfig = _configAt.ContainsKey(key);
        if (config < _configKeys.Count)
        {
            if (string.Equals(key, _configKeys[config], StringComparison.Ordinal))
            {
                Take(key);
                live++;
                config++;
                return true;
            }

            if (inConfig && _shared.TryPeek(out var next) && !string.Equals(next, key, StringComparison.Ordinal))
            {
                live++;
                return true;
            }
        }

        if (!inConfig)
        {
            _items.Add(_live[live++]);
            return true;
        }

        if (_done.Contains(key))
        {
            live++;
        }

        return false;
    }

    private void Take(string key)
    {
        if (!_done.Add(key))
        {
            return;
        }

        var value = _config[_configAt[key]];
        var at = _liveAt.GetValueOrDefault(key, -1);
        _items.Add(at < 0 ? value?.DeepClone() : Merger.MergeItem(_type.Element!, _live[at], value));
        if (_shared.TryPeek(out var next) && string.Equals(next, key, StringComparison.Ordinal))
        {
            _shared.Dequeue();
        }
    }

    private static (List<string> Keys, List<JsonNode?> Items, Dictionary<string, int> At) Index(TypeNode type, JsonArray list)
    {
        var keys = new List<string>(list.Count);
        var items = new List<JsonNode?>(list.Count);
        var at = new Dictionary<string, int>(list.Count, StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var key = ListItems.KeyOrIndex(type, list[i], i);
            keys.Add(key);
            items.Add(list[i]);
            if (!at.TryAdd(key, i))
            {
                at[key] = -1;
            }
        }

        return (keys, items, at);
    }
}
