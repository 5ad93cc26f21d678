namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// The live watches of a type by what they look at - all objects, those of a namespace, one - so that an event meets only watches that may
/// want it. Not safe for use by several threads.
/// </summary>
internal sealed class WatchIndex(string typePrefix)
{
    private readonly Dictionary<string, List<CacheWatch>> _scopes = new(StringComparer.Ordinal);

    public void Add(CacheWatch watch)
    {
        if (!_scopes.TryGetValue(watch.Scope, out var watches))
        {
            watches = [];
            _scopes.Add(watch.Scope, watches);
        }

        watch.Slot = watches.Count;
        watches.Add(watch);
    }

    public void Remove(CacheWatch watch)
    {
        if (watch.Slot >= 0 && _scopes.TryGetValue(watch.Scope, out var watches))
        {
            RemoveAt(watches, watch.Slot);
            if (watches.Count == 0)
            {
                _scopes.Remove(watch.Scope);
            }
        }
    }

    /// <summary>Offers an event to the watches that look at its key; one that has no room leaves the index.</summary>
    /// <returns>How many watches left.</returns>
    public int Dispatch(CacheEvent @event, List<CacheWatch> touched)
    {
        var scopes = _scopes.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = @event.Key.AsSpan();
        var left = scopes.TryGetValue(typePrefix, out var all) ? Offer(all, @event, touched) : 0;
        var slash = key[typePrefix.Length..].IndexOf('/');
        if (slash >= 0 && scopes.TryGetValue(key[..(typePrefix.Length + slash + 1)], out var inNamespace))
        {
            left += Offer(inNamespace, @event, touched);
        }

        return scopes.TryGetValue(key, out var exact) ? left + Offer(exact, @event, touched) : left;
    }

    private static int Offer(List<CacheWatch> watches, CacheEvent @event, List<CacheWatch> touched)
    {
        var left = 0;
        for (var i = watches.Count - 1; i >= 0; i--)
        {
            var watch = watches[i];
            var outcome = watch.Offer(@event);
            if (outcome == OfferOutcome.Ignored)
            {
                continue;
            }

            if (!watch.IsTouched)
            {
                watch.IsTouched = true;
                touched.Add(watch);
            }

            if (outcome == OfferOutcome.Full)
            {
                RemoveAt(watches, i);
                left++;
            }
        }

        return left;
    }

    private static void RemoveAt(List<CacheWatch> watches, int slot)
    {
        watches[slot].Slot = -1;
        var last = watches[^1];
        watches.RemoveAt(watches.Count - 1);
        if (slot < watches.Count)
        {
            watches[slot] = last;
            last.Slot = slot;
        }
    }
}
