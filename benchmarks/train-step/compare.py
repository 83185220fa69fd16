"""Runs the two programs in turns, a few steps each, and prints the median step of each and their ratio."""
import os
import statistics
import subprocess
import sys

SCENARIOS = {
    "batch 32 x length 32": ("32x32", 3),
    "bucketed reviews, batch 32 x length 8-64": ("32x64,32x48,32x40,32x36,32x32,32x28,32x24,32x20,32x16,32x8", 10),
}


def cpu_seconds(process):
    """User and system time so far, of all threads: what the machine's other work disturbs less than the clock."""
    with open(f"/proc/{process.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    program, model, rounds, threads = sys.argv[1:5]
    here = os.path.dirname(os.path.abspath(__file__))
    print("| scenario | MLNetNlp, ms/step | PyTorch, ms/step | ratio of medians | quartiles of the rounds' ratios | CPU ms/step | PyTorch's | ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, (shapes, steps) in SCENARIOS.items():
        commands = [["dotnet", "exec", program, model, threads, shapes], [sys.executable, os.path.join(here, "peer.py"), model, threads, shapes]]
        pair = [subprocess.Popen(c, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for c in commands]
        seconds, used = [[], []], [0.0, 0.0]
        for turn in range(int(rounds) + 1):
            for which, process in enumerate(pair):
                before = cpu_seconds(process)
                process.stdin.write(f"{steps}\n")
                answer = float(process.stdout.readline())
                if turn > 0:  # the first turn warms up
                    seconds[which].append(answer / steps)
                    used[which] += (cpu_seconds(process) - before) / steps / int(rounds) * 1000
        for process in pair:
            process.stdin.close()
            process.wait()
        ours, theirs = (statistics.median(s) * 1000 for s in seconds)
        quartiles = statistics.quantiles([a / b for a, b in zip(*seconds)], n=4)
        print(f"| {name} | {ours:.0f} | {theirs:.0f} | {ours / theirs:.2f} | {quartiles[0]:.2f} - {quartiles[2]:.2f} "
              f"| {used[0]:.0f} | {used[1]:.0f} | {used[0] / used[1]:.2f} |", flush=True)


main()
