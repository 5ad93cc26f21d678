// The steps behind build.sh. Test results are read and summed up in eng/build/TestReport.cake.
#load "eng/build/TestReport.cake"

using System.Collections.Concurrent;
using System.Linq;

var target = Argument("target", "build");
// One configuration for everything, so that nothing is compiled twice.
var configuration = Argument("configuration", "Release");
var solution = File("./kubefed.slnx");
var artifacts = Directory("./artifacts");
var isCi = EnvironmentVariable("CI") == "true";

Task("build").Does(() =>
{
    // A compiler that serves all projects is started once instead of forty times. Where nothing may outlive the build it is one of its own.
    var compiler = isCi ? $"kubefed-{Guid.NewGuid():N}" : "";
    try
    {
        DotNetBuild(Argument("project", "") is { Length: > 0 } only ? $"./test/{only}" : solution.ToString(), new DotNetBuildSettings
        {
            Configuration = configuration,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
            ArgumentCustomization = arguments => isCi ? arguments.Append($"-nodeReuse:false -p:SharedCompilationId={compiler}") : arguments,
        });
    }
    finally
    {
        if (isCi)
        {
            Run("dotnet", Output("dotnet", "msbuild src/ApiMachinery -getProperty:RoslynTargetsPath") + "/bincore/VBCSCompiler.dll", $"-pipename:{compiler}", "-shutdown");
        }
    }
});

// Code style is held by the compiler (EnforceCodeStyleInBuild, warnings as errors); what it does not see is whitespace.
Task("verify-format").Does(() => FormatWhitespace("--verify-no-changes"));

Task("format").Does(() =>
{
    FormatWhitespace();
    Run("dotnet", "format", "style", solution);
});

Task("test").IsDependentOn("verify-format").IsDependentOn("build").Does(() =>
{
    var results = artifacts + Directory("test");
    CleanDirectory(results);
    var report = new TestReport();
    var runs = TestProjects().SelectMany(RunsOf).ToArray();

    // Two at a time even on a larger machine: the tests that time out on nothing but slowness are not worth their speed.
    Parallel.ForEach(
        Partitioner.Create(runs.Where(run => !run.IsAlone), EnumerablePartitionerOptions.NoBuffering),
        new ParallelOptions { MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount) },
        run => RunTests(run, results, report));
    foreach (var run in runs.Where(run => run.IsAlone))
    {
        RunTests(run, results, report);
    }

    foreach (var failure in report.Failures)
    {
        Console.WriteLine(failure);
    }

    System.IO.File.WriteAllText(results + File("summary.txt"), report.Summary + "\n");
    if (!report.Succeeded)
    {
        throw new CakeException(report.Total == 0 ? "no test ran" : $"{report.Failed} tests failed");
    }
});

Task("bench").Does(() => Run("bash", new[] { "bench/scale.sh" }.Concat(PassedArguments()).ToArray()));

Task("publish").Does(() =>
{
    foreach (var project in GetFiles("./src/*/*.csproj").Where(IsProgram))
    {
        DotNetPublish(project.FullPath, new DotNetPublishSettings
        {
            Configuration = configuration,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
            OutputDirectory = artifacts + Directory("publish") + Directory(project.GetFilenameWithoutExtension().ToString()),
        });
    }
});

// The chart's values name these images: ContainerRepository in the project files.
Task("image").Does(() =>
{
    EnsureDirectoryExists(artifacts + Directory("images"));
    foreach (var project in GetFiles("./src/*/*.csproj").Where(IsContainer))
    {
        var archive = MakeAbsolute(artifacts + Directory("images") + File($"{project.GetFilenameWithoutExtension()}.tar"));
        var baseImage = Argument("base-image", "");
        var publish = new List<string>
        {
            "publish", project.FullPath, "--configuration", configuration, "--nologo", "--verbosity", "quiet",
            "--os", "linux", "-t:PublishContainer", $"-p:ContainerArchiveOutputPath={archive.FullPath}",
        };
        if (baseImage != "")
        {
            publish.Add($"-p:ContainerBaseImage={baseImage}");
        }

        Run("dotnet", publish.ToArray());
        Console.WriteLine(archive.FullPath);
    }
});

Task("chart").Does(() =>
{
    CleanDirectory(artifacts + Directory("charts"));
    var helm = Helm();
    Run(helm, "lint", "charts/kubefed", "--strict", "--quiet");
    Run(helm, "package", "charts/kubefed", "--destination", "artifacts/charts");
});

Task("testbed").Does(() => Run("bash", "eng/testbed/make.sh"));

RunTarget(target);

// The longest first, so that at the end none of them is left to run by itself.
string[] Longest => new[] { "Conformance", "Hyperfed.Tests", "KubeClient.Tests", "ApiServerRuntime.Tests", "DevCluster.Tests", "TestSupport.Tests" };

// Test projects join by being there: test/NAME/NAME.csproj with a test runner, thus not the libraries.
FilePath[] TestProjects()
{
    var only = Argument("project", "");
    var projects = GetFiles("./test/*/*.csproj")
        .Where(project => project.GetFilenameWithoutExtension().ToString() is var name && name is not ("TestSupport" or "EmbeddedClusters" or "HelmSupport") && (only == "" || only == name))
        .OrderBy(project => Array.IndexOf(Longest, project.GetFilenameWithoutExtension().ToString()) is var place and >= 0 ? place : Longest.Length)
        .ThenBy(project => project.FullPath, StringComparer.Ordinal)
        .ToArray();
    return projects.Length > 0 ? projects : throw new CakeException($"there is no test project {only}");
}

// The scenarios start whole federations and measure their waits against the clock. They run on each of these providers, unless the environment
// names one; what needs no cluster runs once.
IEnumerable<TestRun> RunsOf(FilePath project)
{
    var name = project.GetFilenameWithoutExtension().ToString();
    return name != "e2e" ? new[] { new TestRun(project, name, IsAlone: false) }
        : !string.IsNullOrEmpty(EnvironmentVariable("KUBEFED_PROVIDER")) ? new[] { new TestRun(project, name, IsAlone: true) }
        : new[]
        {
            new TestRun(project, name, IsAlone: true, "binaries"),
            new TestRun(project, $"{name} (embedded)", IsAlone: true, "embedded", "TestCategory!=no-cluster"),
        };
}

bool IsProgram(FilePath project) => System.IO.File.ReadAllText(project.FullPath).Contains("<OutputType>Exe</OutputType>");

bool IsContainer(FilePath project) => System.IO.File.ReadAllText(project.FullPath).Contains("<ContainerRepository>");

// Most of the programs that tests start live for seconds and have memory to spare: the Go ones collect garbage later, and the .NET ones
// compile without first measuring what is worth optimizing.
Dictionary<string, string> Economy() => new() { ["GOGC"] = "400", ["DOTNET_TieredPGO"] = "0" };

void RunTests(TestRun run, ConvertableDirectoryPath results, TestReport report)
{
    var assembly = run.Project.GetDirectory().Combine($"bin/{configuration}/net10.0")
        .CombineWithFilePath($"KubeFed.{run.Project.GetFilenameWithoutExtension()}.dll");
    var trx = MakeAbsolute(results + File($"{run.Name}.trx"));
    var arguments = new ProcessArgumentBuilder()
        .Append("test").AppendQuoted(MakeAbsolute(assembly).FullPath)
        .Append("--nologo")
        .Append("--logger").AppendQuoted($"trx;LogFileName={trx.FullPath}")
        .Append("--blame-hang-timeout 15min --blame-hang-dump-type none")
        .Append("--results-directory").AppendQuoted(MakeAbsolute(results).FullPath);
    var filters = new[] { Argument("filter", ""), run.Filter }.Where(filter => !string.IsNullOrEmpty(filter)).ToArray();
    if (filters.Length > 0)
    {
        arguments.Append("--filter").AppendQuoted(string.Join("&", filters.Select(filter => $"({filter})")));
    }

    var watch = System.Diagnostics.Stopwatch.StartNew();
    var output = new ConcurrentQueue<string>();
    var settings = new ProcessSettings
    {
        Arguments = arguments,
        RedirectStandardOutput = true,
        RedirectedStandardOutputHandler = line => { if (line != null) { output.Enqueue(line); } return line; },
        EnvironmentVariables = Economy(),
    };
    if (run.Provider is not null)
    {
        settings.EnvironmentVariables["KUBEFED_PROVIDER"] = run.Provider;
    }

    var exitCode = StartProcess("dotnet", settings);
    var line = report.Add(run.Name, trx.FullPath, exitCode, string.Join("\n", output));
    Console.WriteLine($"{run.Name,-36} {line} ({watch.Elapsed.TotalSeconds:0.0} s)");
}

// The one of the machine, else the test bed's, which is made by the target "testbed".
string Helm()
{
    if (Context.Tools.Resolve("helm") is { } installed)
    {
        return installed.FullPath;
    }

    var bundled = $"{Output("bash", "eng/testbed/make.sh --print")}/helm";
    return System.IO.File.Exists(bundled) ? bundled : throw new CakeException("there is no helm on PATH, and none in the test bed; run ./build.sh testbed");
}

string[] PassedArguments() => Context.Arguments.GetArguments()
    .Where(argument => argument.Key is not ("target" or "verbosity" or "configuration"))
    .SelectMany(argument => argument.Value.SelectMany(value => string.IsNullOrEmpty(value) ? new[] { $"--{argument.Key}" } : new[] { $"--{argument.Key}", value }))
    .ToArray();

// By folder, which takes seconds where loading the projects takes half a minute.
void FormatWhitespace(params string[] options) => Run(
    "dotnet",
    new[] { "format", "whitespace", ".", "--folder", "--include", "src/", "test/", "bench/", "samples/", "--exclude", "**/bin/", "**/obj/" }
        .Concat(options).ToArray());

// The last line that a program prints.
string Output(string program, string arguments)
{
    StartProcess(program, new ProcessSettings { Arguments = arguments, RedirectStandardOutput = true }, out var output);
    return output.LastOrDefault();
}

void Run(string program, params string[] arguments)
{
    var builder = new ProcessArgumentBuilder();
    foreach (var argument in arguments)
    {
        builder.AppendQuoted(argument);
    }

    var exitCode = StartProcess(program, new ProcessSettings { Arguments = builder });
    if (exitCode != 0)
    {
        throw new CakeException($"{program} {string.Join(' ', arguments)}: exit code {exitCode}");
    }
}

/// <summary>One run of a test project; the provider is that of its clusters, null for the one that the environment selects.</summary>
record TestRun(FilePath Project, string Name, bool IsAlone, string Provider = null, string Filter = null);
