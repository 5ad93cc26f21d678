using System.Text;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

/// <summary>
/// Run by a test as a process of its own: opens a store and writes to it without end, telling every acknowledged write on a line of its own,
/// until it is killed.
/// </summary>
internal static class Program
{
    private const int Writers = 16;
    private static readonly Stream Output = Console.OpenStandardOutput();

    private static async Task Main(string[] arguments)
    {
        var (path, round, compacts) = (arguments[0], int.Parse(arguments[1]), bool.Parse(arguments[2]));
        await using var store = await SqliteStore.OpenAsync(path);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(store, round, writer, compacts))));
    }

    private static async Task WriteAsync(ApiServerRuntime.Storage.IStorage store, int round, int writer, bool compacts)
    {
        var random = new Random((round * Writers) + writer);
        var revisions = new long[10];
        for (var i = 0; ; i++)
        {
            var slot = random.Next(revisions.Length);
            var key = $"/r{round:00}/w{writer:00}/{slot}";
            var value = $"{i}-{new string('x', random.Next(3000))}";
            var revision = revisions[slot];
            var delete = revision != 0 && !compacts && random.Next(5) == 0;
            var result = revision == 0 ? await store.CreateAsync(key, value)
                : delete ? await store.DeleteAsync(key, revision, CancellationToken.None)
                : await store.UpdateAsync(key, revision, value);
            revisions[slot] = delete ? 0 : result.Revision;
            await TellAsync(FormattableString.Invariant($"{result.Revision} {key} {(delete ? "-" : value)}"));
            if (compacts && i % 25 == 24)
            {
                await store.CompactAsync(result.Revision - 40, CancellationToken.None);
            }
        }
    }

    /// <summary>One system call a line, so that a kill cannot leave a line behind that was not told.</summary>
    private static ValueTask TellAsync(string line) => Output.WriteAsync(Encoding.ASCII.GetBytes(line + "\n"));
}
